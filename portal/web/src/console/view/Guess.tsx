import { useTranslation } from "react-i18next";

/** Marks what a model guessed; it is nobody's answer until taken over. */
export function Guess({ model }: { model: string }) {
  const { t } = useTranslation("console");
  return (
    <span className="rounded border border-dashed border-info px-1.5 text-xs whitespace-nowrap text-info" title={t("guess.by", { model })}>
      {t("guess.short")}
    </span>
  );
}
