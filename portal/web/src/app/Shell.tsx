import { useTranslation } from "react-i18next";
import { Link, NavLink, Outlet, ScrollRestoration } from "react-router";
import { areas } from "./area";

const items = areas.flatMap((area) => area.nav).sort((a, b) => a.order - b.order);
const namespaces = ["app", ...new Set(items.map((item) => item.label.split(":")[0] ?? "app"))];

/** The frame of every page: skip link, navigation, content. */
export function Shell() {
  const { t } = useTranslation(namespaces);
  return (
    <>
      <a href="#content" className="sr-only focus:not-sr-only">
        {t("app:skip")}
      </a>
      <header className="border-b border-line bg-raised">
        <div className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-2 px-4 py-3">
          <Link to="/" className="font-semibold">
            Alaya
          </Link>
          <nav aria-label={t("app:nav")} className="flex flex-wrap gap-x-4 gap-y-1">
            {items.map((item) => (
              <NavLink
                key={item.to}
                to={item.to}
                className="rounded px-1 py-1 text-muted hover:text-ink aria-[current=page]:font-medium aria-[current=page]:text-ink"
              >
                {t(item.label)}
              </NavLink>
            ))}
          </nav>
        </div>
      </header>
      <main id="content" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6">
        <Outlet />
      </main>
      <ScrollRestoration />
    </>
  );
}
