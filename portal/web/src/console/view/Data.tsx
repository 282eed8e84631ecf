import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Loading } from "@/design";
import { blobUrl, isAsset, mediaOf } from "../media/asset";
import type { Asset, Turn } from "@/records/form";
import { Picture } from "./Picture";
import { isDialogue } from "./shape";

const Listen = lazy(() => import("../plugins/audio/Listen").then((m) => ({ default: m.Listen })));

/** One value of an item's data, by its shape. Everything in it is data, never markup. */
export function Data({ value, name }: { value: unknown; name: string }) {
  if (typeof value === "string") return <Words text={value} />;
  if (typeof value === "number" || typeof value === "boolean") return <p className="tabular-nums">{String(value)}</p>;
  if (isDialogue(value)) return <Dialogue turns={value} />;
  if (isAsset(value)) return <AssetView asset={value} name={name} />;
  return <Other value={value} />;
}

export function Words({ text }: { text: string }) {
  return (
    <p dir="auto" className="max-w-prose whitespace-pre-wrap text-start text-lg leading-relaxed">
      {text}
    </p>
  );
}

function Dialogue({ turns }: { turns: Turn[] }) {
  return (
    <ol className="flex max-w-prose flex-col gap-2">
      {turns.map((turn, i) => (
        <li key={i} className="rounded-lg bg-sunken px-3 py-2">
          <b dir="auto" className="block text-sm text-muted">
            {turn.speaker}
          </b>
          <span dir="auto" className="block whitespace-pre-wrap text-start">
            {turn.text}
          </span>
        </li>
      ))}
    </ol>
  );
}

function AssetView({ asset, name }: { asset: Asset; name: string }) {
  const { t } = useTranslation("console");
  const label = asset.name ?? name;
  const url = blobUrl(asset);
  const kind = asset.mime.split("/")[0];
  if (kind === "image") return <Picture url={url} label={label} width={asset.width} height={asset.height} />;
  if (kind === "audio") return <Sound asset={asset} name={label} />;
  if (kind === "video") return <video controls preload="metadata" src={url} aria-label={label} className="max-h-[60dvh] w-full" />;
  return (
    <a href={url} download={label} className="underline">
      {t("data.open", { name: label })}
    </a>
  );
}

function Sound(props: { asset: Asset; name: string }) {
  return (
    <Suspense fallback={<Loading lines={2} />}>
      <Listen {...props} />
    </Suspense>
  );
}

function Other({ value }: { value: unknown }) {
  const { t } = useTranslation("console");
  const media = mediaOf(value);
  if (media?.kind === "frames") return <AssetView asset={media.frames.frames[0] as Asset} name="frame" />;
  return (
    <details>
      <summary className="min-h-6 cursor-pointer text-muted">{t("data.raw")}</summary>
      <pre dir="ltr" className="max-h-80 overflow-auto rounded-lg bg-sunken p-3 text-sm">
        {(JSON.stringify(value, null, 1) ?? "").slice(0, 20_000)}
      </pre>
    </details>
  );
}
