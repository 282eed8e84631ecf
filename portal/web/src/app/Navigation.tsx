import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NavLink } from "react-router";
import { Drawer, Icon } from "@/design";
import { areas, type NavItem } from "./area";

const items = areas.flatMap((area) => area.nav).sort((a, b) => a.order - b.order);

/** The namespaces of all links' texts. */
export const namespaces = ["app", ...new Set(items.map((item) => item.label.split(":")[0] ?? "app"))];

const inBar = 4;

/** The links on top, where the window is wide. */
export function TopNavigation() {
  const { t } = useTranslation(namespaces);
  return (
    <nav aria-label={t("app:nav")} className="hidden gap-x-1 md:flex">
      {items.map((item) => (
        <NavLink
          key={item.to}
          to={item.to}
          end={item.to === "/"}
          className={
            "rounded-lg px-2.5 py-1.5 whitespace-nowrap text-muted no-underline hover:bg-sunken hover:text-ink " +
            "aria-[current=page]:bg-accent-soft aria-[current=page]:font-medium aria-[current=page]:text-accent"
          }
        >
          {t(item.label)}
        </NavLink>
      ))}
    </nav>
  );
}

const cell = "flex min-h-14 flex-col items-center justify-center gap-0.5 text-[0.75rem] text-muted no-underline aria-[current=page]:text-accent";

/** The first links in a bar below, as phones have it, and the rest behind "more". */
export function BottomNavigation() {
  const { t } = useTranslation(namespaces);
  const [open, setOpen] = useState(false);
  const rest = items.slice(inBar);
  return (
    <nav
      aria-label={t("app:nav")}
      className="fixed inset-x-0 bottom-0 z-30 grid auto-cols-fr grid-flow-col border-t border-line bg-raised pb-[env(safe-area-inset-bottom)] md:hidden"
    >
      {items.slice(0, inBar).map((item) => (
        <NavLink key={item.to} to={item.to} end={item.to === "/"} className={cell}>
          <Icon name={item.icon ?? "more"} className="text-lg" />
          {t(item.label)}
        </NavLink>
      ))}
      {rest.length > 0 && (
        <button type="button" aria-haspopup="dialog" aria-expanded={open} onClick={() => setOpen(true)} className={`${cell} cursor-pointer`}>
          <Icon name="menu" className="text-lg" />
          {t("app:more")}
        </button>
      )}
      <Drawer open={open} onOpenChange={setOpen} title={t("app:more")}>
        <ul className="flex flex-col">
          {rest.map((item) => (
            <li key={item.to}>
              <MoreLink item={item} text={t(item.label)} onFollow={() => setOpen(false)} />
            </li>
          ))}
        </ul>
      </Drawer>
    </nav>
  );
}

function MoreLink({ item, text, onFollow }: { item: NavItem; text: string; onFollow: () => void }) {
  return (
    <NavLink to={item.to} onClick={onFollow} className="flex min-h-12 items-center gap-3 text-lg text-ink no-underline aria-[current=page]:text-accent">
      <Icon name={item.icon ?? "more"} />
      {text}
    </NavLink>
  );
}
