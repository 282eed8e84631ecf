import { useTranslation } from "react-i18next";
import { EmptyState, LinkButton, Page } from "@/design";

/** What is shown where nothing is. */
export function Missing() {
  const { t } = useTranslation("app");
  return (
    <Page title={t("missing.title")}>
      <EmptyState title={window.location.pathname} icon="search" action={<LinkButton to="/">{t("missing.back")}</LinkButton>} />
    </Page>
  );
}
