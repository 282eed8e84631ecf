import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";
import { Link, Outlet, ScrollRestoration, useNavigation } from "react-router";
import { Loading, Toasts } from "@/design";
import { useAccount } from "@/wallet";
import { AccountMenu } from "@/wallet/AccountMenu";
import { SendHost } from "@/wallet/SendHost";
import { BottomNavigation, namespaces, TopNavigation } from "./Navigation";
import { Search } from "./Search";
import { SettingsMenu } from "./SettingsMenu";

const Revealer = lazy(() => import("@/console/submit/Revealer").then((m) => ({ default: m.Revealer })));

/** Work that was handed in is opened from whatever page is shown, once there is an account. */
function Reveals() {
  if (!useAccount()) return null;
  return (
    <Suspense>
      <Revealer />
    </Suspense>
  );
}

/** The frame of every page: skip link, navigation, search, account, content, messages. */
export function Shell() {
  const { t } = useTranslation(namespaces);
  const busy = useNavigation().state !== "idle";
  return (
    <>
      <a href="#content" className="sr-only z-70 rounded bg-raised p-3 focus:not-sr-only focus:fixed focus:start-2 focus:top-2">
        {t("app:skip")}
      </a>
      <header className="sticky top-0 z-30 border-b border-line bg-raised">
        <div className="mx-auto flex max-w-7xl items-center gap-2 px-4 py-2 md:gap-3">
          <Link to="/" className="me-1 inline-flex min-h-8 items-center gap-2 text-lg font-semibold text-ink no-underline">
            <img src="/icon.svg" alt="" width="26" height="26" />
            <span className="max-sm:sr-only">Alaya</span>
          </Link>
          <TopNavigation />
          <span className="hidden grow md:block" />
          <Search />
          <SettingsMenu />
          <AccountMenu />
        </div>
        <div role="progressbar" aria-label={t("app:loading")} hidden={!busy} className="absolute inset-x-0 -bottom-0.5 h-0.5 animate-pulse bg-accent" />
      </header>
      <main id="content" tabIndex={-1} className="mx-auto max-w-7xl px-4 py-6 pb-24 outline-none md:pb-10">
        <Reveals />
        <Suspense fallback={<Loading lines={8} />}>
          <Outlet />
        </Suspense>
      </main>
      <BottomNavigation />
      <SendHost />
      <Toasts />
      <ScrollRestoration />
    </>
  );
}
