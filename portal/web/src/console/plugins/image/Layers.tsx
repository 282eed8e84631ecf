import type { ReactNode } from "react";
import type { Box, Keypoint, Mask, Polygon } from "@/records/form";
import { boxShape } from "../../media/shapes/box";
import { keypointShape } from "../../media/shapes/keypoint";
import { polygonShape } from "../../media/shapes/polygon";
import type { ImageProps, Layer, LayerProps, Sheet } from "./layer";
import { MaskLayer } from "./MaskLayer";
import { ShapeLayer } from "./ShapeLayer";

interface LayersProps {
  controls: readonly ImageProps[];
  chosen: string;
  sheet: Sheet;
  /** How many classes the controls before these have. */
  before?: number;
  children: (layers: Layer[]) => ReactNode;
}

/** The layers of some controls, in their order. All stay while they take turns: what is selected and hidden in one outlasts the others' turns. */
export function Layers({ controls, children, before = 0, ...shared }: LayersProps): ReactNode {
  const [first, ...rest] = controls;
  if (!first) return children([]);
  const { name, labels = [] } = first.control;
  return (
    <LayerOf {...first} sheet={shared.sheet} chosen={name === shared.chosen} before={before}>
      {(layer) => (
        <Layers {...shared} controls={rest} before={before + labels.length}>
          {(layers) => children([layer, ...layers])}
        </Layers>
      )}
    </LayerOf>
  );
}

function LayerOf(props: ImageProps & Pick<LayerProps<never>, "sheet" | "chosen" | "before" | "children">) {
  switch (props.control.type) {
    case "box": return <ShapeLayer {...(props as LayerProps<Box>)} shape={boxShape} />;
    case "polygon": return <ShapeLayer {...(props as LayerProps<Polygon>)} shape={polygonShape} />;
    case "keypoint": return <ShapeLayer {...(props as LayerProps<Keypoint>)} shape={keypointShape} />;
    case "mask": return <MaskLayer {...(props as LayerProps<Mask>)} />;
  }
}
