import { useTranslation } from "react-i18next";
import type { Request } from "@/api/types";
import { Badge, Card, Cid, EmptyState, Markdown, Section, Time, useFormat } from "@/design";
import type { Control, Spec } from "@/records/form";

/** The question, what may be answered, the guidelines, examples. */
export function Asked({ request }: { request: Request }) {
  const { t } = useTranslation("market");
  const spec = request.spec as Spec | null;
  if (!spec) return <EmptyState icon="requests" title={t("asked.missing")}>{t("asked.missingText")}</EmptyState>;
  return (
    <div className="flex flex-col gap-6">
      <Section title={t("asked.question")}>
        <p dir="auto" className="text-lg">{spec.question}</p>
        {spec.labels && <Labels labels={spec.labels} />}
        {spec.form && (
          <ul className="flex flex-col gap-2">
            {spec.form.controls.map((control) => (
              <Asks key={control.name} control={control} />
            ))}
          </ul>
        )}
      </Section>
      {spec.guidelines && (
        <Section title={t("asked.guidelines")}>
          <Card>
            <Markdown text={spec.guidelines} />
          </Card>
        </Section>
      )}
      {spec.examples && spec.examples.length > 0 && <Examples examples={spec.examples} />}
      <Versions request={request} />
    </div>
  );
}

function Labels({ labels }: { labels: string[] }) {
  return (
    <ul dir="auto" className="flex flex-wrap gap-1.5">
      {labels.map((label) => (
        <li key={label}><Badge tone="accent">{label}</Badge></li>
      ))}
    </ul>
  );
}

function Asks({ control }: { control: Control }) {
  const { t } = useTranslation("market");
  const { number } = useFormat();
  const scale = 10 ** (control.decimals ?? 0);
  const bounds = control.min !== undefined && control.max !== undefined && control.type === "number";
  return (
    <Card as="li" className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <span dir="auto" className="font-medium">{control.title ?? control.name}</span>
        <Badge>{t(`answer.${control.type}`)}</Badge>
        {control.required && <Badge tone="info">{t("asked.required")}</Badge>}
        {bounds && <span className="text-sm text-muted">{number((control.min ?? 0) / scale)} – {number((control.max ?? 0) / scale)} {control.unit}</span>}
      </div>
      {control.hint && <p dir="auto" className="text-muted">{control.hint}</p>}
      {control.labels && (
        <ul dir="auto" className="flex flex-wrap gap-1.5">
          {control.labels.map((label) => (
            <li key={label.id} className="inline-flex items-center gap-1.5 rounded-full bg-sunken px-2 py-0.5 text-sm">
              {label.color && <span aria-hidden="true" className="size-3 rounded-full border border-line-strong" style={{ backgroundColor: label.color }} />}
              {label.name ?? label.id}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

function Examples({ examples }: { examples: NonNullable<Spec["examples"]> }) {
  const { t } = useTranslation("market");
  return (
    <Section title={t("asked.examples")}>
      <ul className="grid gap-3 sm:grid-cols-2">
        {examples.map((example, i) => (
          <Card as="li" key={i} className="flex flex-col gap-2">
            <p dir="auto">{textOf(example.item)}</p>
            <p dir="auto" className="font-medium">→ {example.label ?? textOf(example.value)}</p>
            {example.why && <p dir="auto" className="text-sm text-muted">{example.why}</p>}
          </Card>
        ))}
      </ul>
    </Section>
  );
}

/** An example's item or value as text: its one text if it has one. */
function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "object" && value && "data" in value) return textOf(value.data);
  const inner = typeof value === "object" && value ? Object.values(value) : [];
  return inner.length === 1 ? textOf(inner[0]) : JSON.stringify(value);
}

function Versions({ request }: { request: Request }) {
  const { t } = useTranslation("market");
  return (
    <Section title={t("asked.versions")} lead={t("asked.versionsLead")}>
      <ol className="flex flex-col gap-1">
        {request.guidelines.toReversed().map(({ version, spec, at }) => (
          <li key={version} className="flex flex-wrap items-center gap-3">
            <span className="font-medium">{t("asked.version", { version })}</span>
            <Time at={at} absolute />
            <Cid of={spec} />
          </li>
        ))}
      </ol>
    </Section>
  );
}
