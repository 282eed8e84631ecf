import { useRef, type ReactNode } from "react";
import { Button, type IconName } from "@/design";

/** A button that asks for files. */
export function FileButton({ accept, icon = "upload", multiple, onFile, children }: {
  accept?: string;
  icon?: IconName;
  multiple?: boolean;
  /** Called for each file chosen. */
  onFile: (file: File) => void;
  children: ReactNode;
}) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button icon={icon} onClick={() => input.current?.click()}>{children}</Button>
      <input
        ref={input}
        type="file"
        hidden
        accept={accept}
        multiple={multiple}
        onChange={(e) => {
          for (const file of e.target.files ?? []) onFile(file);
          e.target.value = "";
        }}
      />
    </>
  );
}
