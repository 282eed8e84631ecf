import { useTranslation } from "react-i18next";
import { Link } from "react-router";

/** What is shown where nothing is. */
export function Missing() {
  const { t } = useTranslation("app");
  return (
    <section className="py-16 text-center">
      <h1 className="text-xl font-semibold">{t("missing.title")}</h1>
      <p className="mt-2">
        <Link to="/">{t("missing.back")}</Link>
      </p>
    </section>
  );
}
