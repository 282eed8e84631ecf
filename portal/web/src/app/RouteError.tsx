import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";

/** What is shown when a page fails. */
export function RouteError() {
  const { t } = useTranslation("app");
  const error = useRouteError();
  return (
    <main className="mx-auto max-w-xl px-4 py-16" role="alert">
      <h1 className="text-xl font-semibold">{t("broken.title")}</h1>
      <p className="mt-2">{error instanceof Error ? error.message : String(error)}</p>
      <p className="mt-4">
        <a href={window.location.pathname}>{t("broken.reload")}</a>
      </p>
    </main>
  );
}
