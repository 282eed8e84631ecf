import { Fragment, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { AppearanceTools, useAppearance } from "../../media/Appearance";
import { Editor, stageHeight } from "../../media/Editor";
import { picturePainter, type Picture } from "../../media/picture";
import { stacked } from "../../media/plane/painter";
import { Stage } from "../../media/plane/Stage";
import { Viewport } from "../../media/plane/viewport";
import { Toolbar, ToolButton, ZoomTools } from "../../media/Tools";
import type { ImageProps, Layer, Sheet } from "./layer";
import { Layers } from "./Layers";
import { reaching } from "./reaching";

interface PictureProps {
  controls: readonly ImageProps[];
  /** The name of the control in hand. */
  chosen: string;
  picture: Picture;
  /** What the picture is called. */
  name: string | undefined;
}

/** A picture with all that is drawn on it, and the tools of the control in hand. */
export function PictureEditor({ controls, chosen, picture, name }: PictureProps) {
  const [viewport] = useState(() => new Viewport());
  const look = useAppearance();
  const sheet = { picture, viewport, look };
  return (
    <Layers controls={controls} chosen={chosen} sheet={sheet}>
      {(layers) => {
        const [layer, others] = [layers.find((l) => l.control.name === chosen), layers.filter((l) => l.control.name !== chosen)];
        return layer && <Board layer={layer} others={others} sheet={sheet} name={name} />;
      }}
    </Layers>
  );
}

function Board({ layer, others, sheet, name }: { layer: Layer; others: Layer[]; sheet: Sheet; name: string | undefined }) {
  const { picture, viewport, look } = sheet;
  const { t } = useTranslation("media");
  const base = useMemo(() => picturePainter(picture), [picture]);
  const { control } = layer;
  const label = t(control.type === "mask" ? "stage.mask" : "stage.image", { name: name ?? control.title ?? control.name });
  return (
    <Editor
      tools={
        <Fragment key={control.name}>
          {layer.labels}
          <Toolbar label={t("tools")}>
            {layer.tools}
            <ToolButton command="outline" pressed={look.outline} onClick={look.toggleOutline} />
            <ZoomTools viewport={viewport} />
          </Toolbar>
        </Fragment>
      }
      panel={<Fragment key={control.name}>{layer.panel}</Fragment>}
    >
      <Stage viewport={viewport} size={picture.size} base={base} over={stacked(...others.map((other) => other.over), layer.over)} tool={reaching(layer, others)} label={label} filter={look.filter} className={stageHeight} />
      <div className="flex flex-wrap items-end gap-4">
        {layer.settings}
        <AppearanceTools look={look} />
      </div>
    </Editor>
  );
}
