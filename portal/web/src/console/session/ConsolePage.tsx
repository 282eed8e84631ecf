import { useQueries, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams } from "react-router";
import { useEvents } from "@/api/events";
import { type Assignment, type Lease, leasesQuery, pageQuery, partyWorkQuery, type WorkRequest, workRequestQuery } from "@/api/work";
import { EmptyState, Loaded, LinkButton, now, Page } from "@/design";
import { useAccount } from "@/wallet";
import { GetAccount } from "@/wallet/GetAccount";
import { loadKeysOf } from "../keys/map";
import { LeasePanel } from "./LeasePanel";
import { PageSession } from "./PageSession";

/** The console of one request: leases its pages and answers them. */
export function ConsolePage() {
  const { request: id = "" } = useParams();
  const { t } = useTranslation("console");
  const account = useAccount();
  const address = account?.address ?? "";
  const request = useQuery(workRequestQuery(id));
  const party = useQuery(partyWorkQuery(address));
  useEffect(() => loadKeysOf(address), [address]);
  useEvents({ stages: ["work", "market"], request: id }, { invalidate: [["leases"], ["party", address, "work"], ["request", id]] });
  if (!account) {
    return (
      <Page title={t("account.title")} lead={t("account.lead")}>
        <div className="max-w-xl">
          <GetAccount onDone={() => undefined} />
        </div>
      </Page>
    );
  }
  return (
    <Loaded query={request} lines={8}>
      {(found) => (
        <Loaded query={party} lines={8}>
          {(work) => {
            const engaged = work.engagements.find((e) => e.request === id);
            return engaged ? <Work key={address} request={found} engaged={engaged} address={address} /> : <NotEngaged request={found} />;
          }}
        </Loaded>
      )}
    </Loaded>
  );
}

function NotEngaged({ request }: { request: WorkRequest }) {
  const { t } = useTranslation("console");
  return (
    <EmptyState title={t("engaged.none")} icon="work" action={<LinkButton to={`/requests/${request.id}`} look="primary">{t("engaged.bid")}</LinkButton>}>
      {request.title}
    </EmptyState>
  );
}

const nameOf = ({ round, page }: Pick<Lease, "round" | "page">) => `${round}/${page}`;

/** The pages in hand, one after the other; those that come next are fetched ahead. */
function Work({ request, engaged, address }: { request: WorkRequest; engaged: Assignment; address: string }) {
  const { t } = useTranslation("console");
  const client = useQueryClient();
  const leases = useQuery(leasesQuery(address, request.id));
  const held = leases.data ?? [];
  // A page stays in view when its lease runs out: its draft is still there to be read.
  const [current, setCurrent] = useState<Lease>();
  // One that has run out may stand here until the next block takes it back.
  const next = current ? undefined : held.find((lease) => lease.expires > now());
  if (next) setCurrent(next);
  useQueries({ queries: held.map((lease) => pageQuery(lease)) });
  const done = () => {
    setCurrent(undefined);
    client.setQueryData(leasesQuery(address, request.id).queryKey, (all) => all?.filter((l) => current && nameOf(l) !== nameOf(current)));
    void client.invalidateQueries({ queryKey: ["leases"] });
    void client.invalidateQueries({ queryKey: ["party", address, "work"] });
  };
  return (
    <div className="flex flex-col gap-3">
      <header className="flex flex-wrap items-baseline gap-x-4">
        <h1 dir="auto" className="text-lg font-semibold">
          {request.title}
        </h1>
        {held.length > 1 && <p className="text-sm text-muted">{t("lease.more", { count: held.length - 1 })}</p>}
      </header>
      {current ? (
        <PageSession key={nameOf(current)} lease={current} request={request} contributor={address} price={engaged.price} onDone={done} />
      ) : (
        <Loaded query={leases}>
          {() => (
            <LeasePanel request={request} contributor={address} price={engaged.price} onLeased={() => void leases.refetch()} />
          )}
        </Loaded>
      )}
    </div>
  );
}
