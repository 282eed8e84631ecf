import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Card, IconButton, LinkButton, Section, Time } from "@/design";
import { drafts } from "../wizard/keep";

/** Requests that were begun in this browser and not posted yet. */
export function Drafts() {
  const { t } = useTranslation("desk");
  const client = useQueryClient();
  const query = useQuery({
    queryKey: ["drafts"],
    staleTime: 0,
    queryFn: async () => (await Promise.all((await drafts.names()).map((name) => drafts.get(name)))).flatMap((d) => d ?? []),
  });
  if (!query.data?.length) return null;
  const remove = (id: string) => void drafts.delete(id).then(() => client.invalidateQueries({ queryKey: ["drafts"] }));
  return (
    <Section title={t("drafts.title")}>
      <ul className="flex flex-col gap-2">
        {query.data.toSorted((a, b) => b.savedAt - a.savedAt).map((d) => (
          <Card as="li" key={d.id} className="flex flex-wrap items-center gap-3">
            <div className="min-w-0 grow">
              <p dir="auto" className="font-medium">{d.title || d.question || d.tableName || t("drafts.untitled")}</p>
              <p className="text-sm text-muted"><Time at={d.savedAt} /></p>
            </div>
            <IconButton icon="trash" label={t("drafts.delete")} onClick={() => remove(d.id)} />
            <LinkButton to={`/desk/new?draft=${d.id}`}>{t("drafts.continue")}</LinkButton>
          </Card>
        ))}
      </ul>
    </Section>
  );
}
