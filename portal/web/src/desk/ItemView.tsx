import { blobUrl, isAsset } from "@/console/media/asset";

/** How much of a text a row of a table shows. */
const most = 160;

const cut = (text: string) => (text.length > most ? `${text.slice(0, most)}…` : text);

function One({ value, name }: { value: unknown; name: string }) {
  if (typeof value === "string") return <span dir="auto" title={value.length > most ? value : undefined}>{cut(value)}</span>;
  if (!isAsset(value)) return <code dir="ltr" className="text-sm">{cut(JSON.stringify(value) ?? "")}</code>;
  const label = value.name ?? name;
  if (value.mime.startsWith("image/")) {
    return <a href={blobUrl(value)}><img src={blobUrl(value)} alt={label} loading="lazy" className="max-h-20 max-w-40 rounded object-contain" /></a>;
  }
  return <a href={blobUrl(value)} download={label}><bdi>{label}</bdi></a>;
}

/** What an item shows, small enough for a row. */
export function ItemView({ data }: { data: unknown }) {
  if (typeof data !== "object" || data === null) return <span className="text-muted">–</span>;
  const shown = Object.entries(data).filter(([key]) => key !== "prelabels");
  if (shown.length === 1 && shown[0]) return <One value={shown[0][1]} name={shown[0][0]} />;
  return (
    <dl className="flex flex-col gap-1">
      {shown.map(([key, value]) => (
        <div key={key} className="flex flex-wrap gap-x-2">
          <dt className="text-sm text-muted"><bdi>{key}</bdi></dt>
          <dd className="min-w-0"><One value={value} name={key} /></dd>
        </div>
      ))}
    </dl>
  );
}

/** A label, or the answer to a form, small enough for a row. */
export function ValueView({ value }: { value: unknown }) {
  if (typeof value === "string") return <bdi className="font-medium">{value}</bdi>;
  if (typeof value !== "object" || value === null) return <span className="text-muted">–</span>;
  return (
    <dl className="flex flex-col gap-1">
      {Object.entries(value).map(([control, answer]) => (
        <div key={control} className="flex flex-wrap gap-x-2">
          <dt className="text-sm text-muted"><bdi>{control}</bdi></dt>
          <dd className="min-w-0 font-medium">
            {typeof answer === "string" ? <span dir="auto">{cut(answer)}</span> : <code dir="ltr" className="text-sm font-normal">{cut(JSON.stringify(answer))}</code>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
