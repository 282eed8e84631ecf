import { Copy } from "@/design";

/** A command or a piece of text to copy. */
export function Code({ text }: { text: string }) {
  return (
    <div className="flex items-start gap-2 rounded-lg border border-line bg-sunken p-3">
      <pre dir="ltr" tabIndex={0} className="min-w-0 grow overflow-x-auto text-sm">{text}</pre>
      <Copy text={text} />
    </div>
  );
}
