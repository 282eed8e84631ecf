import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Lease, pageQuery, specQuery, type WorkRequest } from "@/api/work";
import { Button, Loaded, Loading, Note } from "@/design";
import { formOf } from "@/records/check";
import type { Spec } from "@/records/form";
import { GuideDrawer } from "../guide/GuideDrawer";
import { markSeen, seenVersion } from "../guide/seen";
import { pickerFor } from "../plugins";
import { drafts, nameOfPage, restored } from "../state/draft";
import { PageDesk } from "./PageDesk";
import { useLock } from "./useLock";

interface SessionProps {
  lease: Lease;
  request: WorkRequest;
  contributor: string;
  price: string;
  onDone: () => void;
}

/** Brings together what a leased page needs: items, spec of its version, plug-ins, draft. */
export function PageSession(props: SessionProps) {
  const { lease, request, contributor } = props;
  const held = useLock(nameOfPage({ contributor, ...lease }));
  const versions = request.guidelines;
  const mine = versions.find((g) => g.version === lease.guideline) ?? versions.at(-1);
  const page = useQuery(pageQuery(lease));
  const spec = useQuery(specQuery(mine?.spec ?? ""));
  if (held === "asking") return <Loading lines={8} />;
  return (
    <Loaded query={spec} lines={8}>
      {(told) => (
        <Loaded query={page} lines={8}>
          {(asked) => <Prepared key={held} {...props} spec={told} items={asked.items} leaseMs={asked.lease_ms} elsewhere={held === "elsewhere"} />}
        </Loaded>
      )}
    </Loaded>
  );
}

type PreparedProps = SessionProps & { spec: Spec; items: Parameters<typeof PageDesk>[0]["items"]; leaseMs: number; elsewhere: boolean };

function Prepared(props: PreparedProps) {
  const { lease, request, contributor, spec, items, elsewhere, onDone } = props;
  const form = useMemo(() => formOf(spec), [spec]);
  const name = nameOfPage({ contributor, ...lease });
  const pick = useQuery({ queryKey: ["console", "plugins", form], queryFn: () => pickerFor(form), staleTime: Infinity });
  const draft = useQuery({ queryKey: ["console", "draft", name, elsewhere], queryFn: async () => (await drafts.get(name)) ?? null, gcTime: 0, staleTime: Infinity });
  const guide = useGuide(contributor, request, lease, Boolean(spec.guidelines ?? spec.examples?.length));
  const initial = useMemo(() => restored(draft.data ?? undefined, items.map((i) => i.id)), [draft.data, items]);
  return (
    <Loaded query={pick} lines={8}>
      {(picker) => (
        <Loaded query={draft} lines={8}>
          {(found) => (
            <>
              {spec.question && (
                <p dir="auto" className="text-lg">
                  {spec.question}
                </p>
              )}
              <GuideNews guide={guide} />
              <PageDesk
                {...props}
                form={form}
                pick={picker}
                initial={initial}
                restoredAt={found?.saved ?? 0}
                elsewhere={elsewhere}
                onGuide={() => guide.setOpen(true)}
                onLeft={onDone}
                onSubmitted={onDone}
              />
              <GuideDrawer open={guide.open} onClose={() => guide.setOpen(false)} spec={spec} version={lease.guideline} before={guide.before} />
            </>
          )}
        </Loaded>
      )}
    </Loaded>
  );
}

/** Which version was read last, and what is new; a first reading opens by itself. */
function useGuide(contributor: string, request: WorkRequest, lease: Lease, tells: boolean) {
  const [seen, setSeen] = useState(() => seenVersion(contributor, request.id));
  const [open, setOpen] = useState(seen === 0 && tells);
  const before = request.guidelines.find((g) => g.version === seen && g.version < lease.guideline);
  const acknowledge = () => {
    markSeen(contributor, request.id, lease.guideline);
    setSeen(lease.guideline);
  };
  useEffect(() => {
    if (seen === 0) markSeen(contributor, request.id, lease.guideline);
  }, [seen, contributor, request.id, lease.guideline]);
  return { open, setOpen, before, acknowledge, mine: lease.guideline, newest: request.guidelines.at(-1)?.version ?? lease.guideline };
}

/** Says that the guidelines changed since they were last read, or since this page was taken. */
function GuideNews({ guide }: { guide: ReturnType<typeof useGuide> }) {
  const { t } = useTranslation("console");
  if (guide.before) {
    return (
      <Note tone="warn" title={t("guide.changed", { version: guide.mine })}>
        <div className="mt-1 flex flex-wrap gap-2">
          <Button onClick={() => guide.setOpen(true)}>{t("guide.show")}</Button>
          <Button look="primary" onClick={guide.acknowledge}>
            {t("guide.acknowledge")}
          </Button>
        </div>
      </Note>
    );
  }
  if (guide.newest > guide.mine) return <Note tone="info" title={t("guide.newer", { newest: guide.newest, mine: guide.mine })} />;
  return null;
}
