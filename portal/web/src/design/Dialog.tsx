import { Dialog as Radix } from "radix-ui";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "./Button";

interface DialogProps {
  open: boolean;
  /** Called with false by Escape, a click outside and the close button. */
  onOpenChange: (open: boolean) => void;
  title: ReactNode;
  /** One sentence under the title. */
  lead?: ReactNode;
  children?: ReactNode;
  /** The buttons, the way on last. */
  actions?: ReactNode;
  wide?: boolean;
  /** Only its buttons close it: for what must not be lost by a slip. */
  firm?: boolean;
}

const shade = "fixed inset-0 z-40 bg-black/50";

function Head({ title, lead, firm }: Pick<DialogProps, "title" | "lead" | "firm">) {
  const { t } = useTranslation("design");
  return (
    <header className="flex items-start gap-3">
      <div className="grow">
        <Radix.Title className="text-lg font-semibold">{title}</Radix.Title>
        {lead && <Radix.Description className="text-muted">{lead}</Radix.Description>}
      </div>
      {!firm && (
        <Radix.Close asChild>
          <IconButton icon="close" label={t("close")} className="-me-2 -mt-1.5" />
        </Radix.Close>
      )}
    </header>
  );
}

const keep = (e: Event) => e.preventDefault();

/** Where what had the focus before is gone, the page's content gets it, not the top of the window. */
function refocus() {
  requestAnimationFrame(() => {
    if (document.activeElement === document.body) document.getElementById("content")?.focus();
  });
}

/** A window over the page that wants an answer first. On phones it rises from below. */
export function Dialog({ open, onOpenChange, title, lead, children, actions, wide, firm }: DialogProps) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={shade} />
        <Radix.Content
          {...(!lead && { "aria-describedby": undefined })}
          onCloseAutoFocus={refocus}
          onInteractOutside={firm ? keep : undefined}
          onEscapeKeyDown={firm ? keep : undefined}
          className={
            "fixed inset-x-0 bottom-0 z-50 flex max-h-[92dvh] flex-col gap-4 rounded-t-2xl border border-line bg-raised p-5 shadow-xl " +
            "sm:inset-x-auto sm:start-1/2 sm:top-1/2 sm:bottom-auto sm:w-[92vw] sm:-translate-y-1/2 sm:rounded-2xl " +
            "ltr:sm:-translate-x-1/2 rtl:sm:translate-x-1/2 " +
            (wide ? "sm:max-w-3xl" : "sm:max-w-lg")
          }
        >
          <Head title={title} lead={lead} firm={firm} />
          <div className="-mx-5 min-h-0 grow overflow-y-auto px-5">{children}</div>
          {actions && <footer className="flex flex-wrap justify-end gap-2">{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

/** A panel at the end of the window, for what is read beside the page. */
export function Drawer({ open, onOpenChange, title, lead, children, actions, wide }: Omit<DialogProps, "firm">) {
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className={shade} />
        <Radix.Content
          {...(!lead && { "aria-describedby": undefined })}
          onCloseAutoFocus={refocus}
          className={
            "fixed inset-y-0 end-0 z-50 flex w-full flex-col gap-4 border-s border-line bg-raised p-5 shadow-xl " +
            (wide ? "sm:max-w-2xl" : "sm:max-w-md")
          }
        >
          <Head title={title} lead={lead} />
          <div className="-mx-5 min-h-0 grow overflow-y-auto px-5">{children}</div>
          {actions && <footer className="flex flex-wrap justify-end gap-2">{actions}</footer>}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
