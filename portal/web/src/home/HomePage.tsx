import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";
import { useEvents } from "@/api/events";
import { earningsQuery, partyQuery, workQuery } from "@/api/market";
import { EmptyState, LinkButton, Loaded, Page, Tabs } from "@/design";
import { useAccount } from "@/wallet";
import { EarningsTab } from "./EarningsTab";
import { useNotices } from "./notices";
import { StandingTab } from "./StandingTab";
import { WorkTab } from "./WorkTab";

/** A contributor's own page: what to do next, what is earned, how good the record is. */
export function HomePage() {
  const { t } = useTranslation("home");
  const account = useAccount();
  if (!account) {
    return (
      <Page title={t("title")}>
        <EmptyState icon="account" title={t("noAccount")} action={<LinkButton to="/wallet" look="primary">{t("start")}</LinkButton>}>
          {t("noAccountText")}
        </EmptyState>
      </Page>
    );
  }
  return <Mine key={account.address} address={account.address} />;
}

function Mine({ address }: { address: string }) {
  const { t } = useTranslation("home");
  const [params, setParams] = useSearchParams();
  const work = useQuery(workQuery(address));
  const earnings = useQuery(earningsQuery(address));
  const party = useQuery(partyQuery(address));
  const mine = { invalidate: [workQuery(address).queryKey, earningsQuery(address).queryKey, partyQuery(address).queryKey] };
  useEvents({ party: address }, mine);
  // Rounds, verdicts and pay of a request name no contributor.
  useEvents({ request: work.data?.engagements.map((e) => e.request) ?? [] }, mine);
  useNotices(work.data?.next_steps);
  const tabs = [
    { id: "work", label: t("tab.work"), content: <Loaded query={work}>{(data) => <WorkTab work={data} />}</Loaded> },
    { id: "earnings", label: t("tab.earnings"), content: <Loaded query={earnings}>{(data) => <EarningsTab earnings={data} />}</Loaded> },
    { id: "standing", label: t("tab.standing"), content: <Loaded query={party}>{(data) => <StandingTab party={data} />}</Loaded> },
  ];
  return (
    <Page title={t("title")} lead={t("lead")}>
      <Tabs
        label={t("title")}
        tabs={tabs}
        value={params.get("tab") ?? "work"}
        onChange={(tab) => setParams(tab === "work" ? {} : { tab }, { replace: true, preventScrollReset: true })}
      />
    </Page>
  );
}
