import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { Link, useSearchParams } from "react-router";
import { datasetsQuery, type Dataset, type DatasetFilter } from "@/api/dataset";
import { useEvents } from "@/api/events";
import { Badge, Button, Card, EmptyState, ErrorNote, Icon, LinkButton, Loading, Page, Pager, Select, TextInput, Time, useFormat } from "@/design";

const modalities = ["text", "image", "audio", "video", "cloud", "series", "dialogue", "mixed"];
const answerTypes = ["choice", "choices", "path", "rating", "number", "text", "span", "box", "polygon", "keypoint", "mask", "interval", "track", "cuboid", "preference", "ranking"];

function read(params: URLSearchParams): DatasetFilter {
  const of = (name: keyof DatasetFilter) => params.get(name) ?? "";
  return { q: of("q"), licence: of("licence"), modality: of("modality"), answer_type: of("answer_type") };
}

/** All datasets, found by words, modality, answer type and licence. */
export function DatasetsPage() {
  const { t } = useTranslation("dataset");
  const [params, setParams] = useSearchParams();
  const filter = read(params);
  const query = useInfiniteQuery({ ...datasetsQuery(filter), placeholderData: keepPreviousData });
  useEvents({ stages: ["dataset"] }, { invalidate: [["/datasets"]] });
  const change = (part: Partial<DatasetFilter>) => {
    const next = Object.entries({ ...filter, ...part }).filter(([, value]) => value !== "");
    setParams(Object.fromEntries(next), { replace: true });
  };
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Bar filter={filter} onChange={change} />
      {query.error ? (
        <ErrorNote error={query.error} onRetry={() => void query.refetch()} />
      ) : query.data ? (
        <>
          <List rows={query.data.pages.flatMap((page) => page.items)} filtered={params.size > 0} onClear={() => setParams({}, { replace: true })} />
          <Pager query={query} />
        </>
      ) : (
        <Loading lines={8} />
      )}
    </Page>
  );
}

function Bar({ filter, onChange }: { filter: DatasetFilter; onChange: (part: Partial<DatasetFilter>) => void }) {
  const { t } = useTranslation(["dataset", "market"]);
  const submit = (form: HTMLFormElement) => {
    const data = new FormData(form);
    onChange({ q: String(data.get("q")).trim(), licence: String(data.get("licence")).trim() });
  };
  return (
    <form
      role="search"
      className="flex flex-wrap gap-2"
      onSubmit={(e) => {
        e.preventDefault();
        submit(e.currentTarget);
      }}
    >
      <TextInput key={`q ${filter.q}`} type="search" name="q" maxLength={200} defaultValue={filter.q} aria-label={t("search")} placeholder={t("search")} className="grow basis-56 sm:w-auto!" />
      <TextInput key={filter.licence} name="licence" maxLength={64} defaultValue={filter.licence} aria-label={t("licence")} placeholder={t("licence")} className="w-40!" />
      <Select aria-label={t("modality")} value={filter.modality} onChange={(e) => onChange({ modality: e.target.value })} className="w-auto!">
        <option value="">{t("anyModality")}</option>
        {modalities.map((m) => <option key={m} value={m}>{t(`market:modality.${m}`)}</option>)}
      </Select>
      <Select aria-label={t("answerType")} value={filter.answer_type} onChange={(e) => onChange({ answer_type: e.target.value })} className="w-auto!">
        <option value="">{t("anyAnswer")}</option>
        {answerTypes.map((a) => <option key={a} value={a}>{t(`market:answer.${a}`)}</option>)}
      </Select>
      <Button type="submit" icon="search">{t("find")}</Button>
    </form>
  );
}

function List({ rows, filtered, onClear }: { rows: readonly Dataset[]; filtered: boolean; onClear: () => void }) {
  const { t } = useTranslation("dataset");
  if (rows.length === 0) {
    const action = filtered ? <Button onClick={onClear}>{t("clear")}</Button> : <LinkButton to="/desk/new" icon="plus">{t("none.post")}</LinkButton>;
    return <EmptyState icon="dataset" title={t(filtered ? "none.filtered" : "none.title")} action={action}>{!filtered && t("none.text")}</EmptyState>;
  }
  return (
    <>
      <p role="status" className="sr-only">{t("found", { count: rows.length })}</p>
      <ul className="grid gap-3 md:grid-cols-2 xl:grid-cols-3">
        {rows.map((d) => <DatasetCard key={d.id} of={d} />)}
      </ul>
    </>
  );
}

function DatasetCard({ of: d }: { of: Dataset }) {
  const { t } = useTranslation(["dataset", "market"]);
  const { number } = useFormat();
  return (
    <Card as="li" className="relative flex flex-col gap-2 hover:border-accent">
      <h2 dir="auto" className="text-lg leading-snug font-semibold">
        <Link to={`/datasets/${d.id}`} className="text-ink no-underline after:absolute after:inset-0 after:rounded-xl hover:underline">{d.title || d.id}</Link>
      </h2>
      {d.summary && <p dir="auto" className="line-clamp-2 text-muted">{d.summary}</p>}
      <div className="flex flex-wrap gap-1.5">
        {d.state === "tombstoned" && <Badge tone="bad" icon="alert">{t("tombstone.badge")}</Badge>}
        {d.modality && <Badge>{t(`market:modality.${d.modality}`)}</Badge>}
        {d.answer_types.map((a) => <Badge key={a}>{t(`market:answer.${a}`)}</Badge>)}
        <Badge icon="key"><bdi>{d.licence}</bdi></Badge>
      </div>
      <p className="mt-auto flex flex-wrap items-center gap-x-3 text-sm text-muted">
        <span className="inline-flex items-center gap-1"><Icon name="dataset" />{t("recordCount", { count: d.records, n: number(d.records) })}</span>
        <bdi>v{d.semver}</bdi>
        <Time at={d.published_at} />
      </p>
    </Card>
  );
}
