import { useTranslation } from "react-i18next";
import { useRouteError } from "react-router";
import { ErrorNote, Page } from "@/design";

/** What is shown when a page fails. */
export function RouteError() {
  const { t } = useTranslation("app");
  const error = useRouteError();
  return (
    <Page title={t("broken.title")}>
      <ErrorNote error={error} />
      <p>
        <a href={window.location.pathname}>{t("broken.reload")}</a>
      </p>
    </Page>
  );
}
