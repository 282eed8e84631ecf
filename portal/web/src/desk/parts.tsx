import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { Button, ErrorNote, type ButtonLook, type IconName } from "@/design";
import { Fault } from "@/api/error";
import { useSend, type Message } from "@/wallet";

/** A button that signs one message; says why when it fails, and what is out of date is asked for again. */
export function SendButton({ make, request, look, icon, disabled, onSent, children }: {
  make: () => Message | Promise<Message>;
  request: string;
  look?: ButtonLook;
  icon?: IconName;
  disabled?: boolean;
  onSent?: () => void;
  children: ReactNode;
}) {
  const send = useSend();
  const client = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const start = async () => {
    setBusy(true);
    setError(undefined);
    try {
      await send([await make()]);
      await client.invalidateQueries({ predicate: ({ queryKey: [path] }) => typeof path === "string" && path.includes(request) });
      onSent?.();
    } catch (e) {
      if (!(e instanceof Fault && e.kind === "cancelled")) setError(e);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button look={look} icon={icon} busy={busy} disabled={disabled} onClick={() => void start()}>{children}</Button>
      {error !== undefined && <div className="w-full"><ErrorNote error={error} /></div>}
    </>
  );
}
