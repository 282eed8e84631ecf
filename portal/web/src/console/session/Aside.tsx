import { useTranslation } from "react-i18next";
import type { Lease } from "@/api/work";
import { Amount, Countdown, Icon } from "@/design";
import type { Form } from "@/records/form";
import { standingOf } from "../shell/useBench";
import type { Work } from "../state/history";
import { hourly, total } from "./pay";

interface AsideProps {
  lease: Lease;
  leaseMs: number;
  price: string;
  work: Work;
  form: Form;
  savedAt: number;
}

/** The clock of the lease, the pay so far, whether all is saved. */
export function Aside({ lease, leaseMs, price, work, form, savedAt }: AsideProps) {
  const { t } = useTranslation("console");
  const done = Object.values(work.entries).filter((entry) => standingOf(form, entry) === "answered").length;
  const ms = Object.values(work.ms).reduce((sum, n) => sum + n, 0);
  const rate = hourly(price, done, ms);
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm">
      <dl className="contents">
        <div className="flex items-center gap-1.5" title={t("lease.clockHint")}>
          <dt>
            <Icon name="clock" />
            <span className="sr-only">{t("lease.clock")}</span>
          </dt>
          <dd>
            <Countdown until={lease.expires} of={leaseMs} />
          </dd>
        </div>
        <div className="flex items-center gap-1.5" title={t("pay.hint")}>
          <dt>
            <Icon name="coins" />
            <span className="sr-only">{t("pay.soFar")}</span>
          </dt>
          <dd>
            <Amount ualy={total(price, done)} />
            {rate !== undefined && (
              <span className="text-muted">
                {" · "}
                <Amount ualy={rate} digits={2} /> {t("pay.perHour")}
              </span>
            )}
          </dd>
        </div>
      </dl>
      <p className="text-muted max-sm:sr-only">{savedAt > 0 && t("draft.saved")}</p>
    </div>
  );
}
