import { useSyncExternalStore, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Button, type IconName, Icon, Keys } from "@/design";
import { useKeyOf } from "../keys/Keys";
import type { Viewport } from "./plane/viewport";

/** A row of tools over a stage. */
export function Toolbar({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-1.5">
      {children}
    </div>
  );
}

interface ToolButtonProps {
  /** The command it stands for: its text and its key. */
  command: string;
  icon?: IconName;
  /** On or off, where it is a choice. */
  pressed?: boolean;
  disabled?: boolean;
  onClick: () => void;
}

/** A tool with its name and its key. */
export function ToolButton({ command, icon, pressed, disabled, onClick }: ToolButtonProps) {
  const { t } = useTranslation("media");
  const keys = useKeyOf()(`media.${command}`);
  return (
    <button
      type="button"
      aria-pressed={pressed}
      disabled={disabled}
      title={t(`command.${command}`)}
      onClick={onClick}
      className="inline-flex min-h-8 cursor-pointer items-center gap-1.5 rounded-lg border border-line-strong bg-raised px-2 text-sm hover:bg-sunken disabled:cursor-not-allowed disabled:opacity-55 aria-pressed:border-accent aria-pressed:bg-accent-soft aria-pressed:font-semibold pointer-coarse:min-h-11"
    >
      {icon && <Icon name={icon} />}
      {t(`tool.${command}`)}
      {keys && <Keys of={keys} />}
    </button>
  );
}

/** Zoom in, out, whole, with the zoom in percent. */
export function ZoomTools({ viewport }: { viewport: Viewport }) {
  const { t } = useTranslation("media");
  const percent = useSyncExternalStore(viewport.subscribe, viewport.percent);
  return (
    <span role="group" aria-label={t("zoom")} className="inline-flex items-center rounded-lg border border-line-strong">
      <Button look="quiet" icon="minus" aria-label={t("command.zoom_out")} className="min-h-8! pointer-coarse:min-h-11! px-2!" onClick={() => viewport.zoom(1 / 1.4)} />
      <output className="w-14 text-center text-sm tabular-nums" aria-live="off">
        {percent} %
      </output>
      <Button look="quiet" icon="plus" aria-label={t("command.zoom_in")} className="min-h-8! pointer-coarse:min-h-11! px-2!" onClick={() => viewport.zoom(1.4)} />
      <Button look="quiet" title={t("command.fit")} className="min-h-8! pointer-coarse:min-h-11! px-2! text-sm" onClick={viewport.fit}>
        {t("tool.fit")}
      </Button>
    </span>
  );
}

/** What the commands of zooming do. */
export const zoomHandlers = (viewport: Viewport) => ({
  "media.zoom_in": () => viewport.zoom(1.4),
  "media.zoom_out": () => viewport.zoom(1 / 1.4),
  "media.fit": viewport.fit,
});
