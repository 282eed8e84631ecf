import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { partyQuery } from "@/api/market";
import type { Request } from "@/api/types";
import { Address, Amount, Card, Fact, Facts, Note, Ppm, useFormat } from "@/design";

/** Who asks, and how he has treated those who worked for him. */
export function Requester({ request }: { request: Request }) {
  const { t } = useTranslation("market");
  const { number } = useFormat();
  const rep = request.requester_standing;
  const paid = useQuery(partyQuery(request.requester)).data?.as_requester.paid;
  return (
    <Card as="section" className="flex flex-col gap-3">
      <h2 className="font-semibold">{t("requester.title")}</h2>
      <Address of={request.requester} name={rep.name} to={`/explorer/parties/${request.requester}`} />
      <Facts>
        <Fact label={t("requester.requests")}>{number(rep.requests)}</Fact>
        <Fact label={t("requester.paid")}>{paid ? <Amount ualy={paid} digits={2} /> : "…"}</Fact>
        <Fact label={t("requester.contested")}>{number(rep.contested)}</Fact>
        <Fact label={t("requester.overturned")}>
          {number(rep.overturned)} {rep.contested > 0 && <>(<Ppm value={rep.overturned_ppm} digits={0} />)</>}
        </Fact>
      </Facts>
      {rep.overturned_ppm > 100_000 ? (
        <Note tone="warn">{t("requester.often")}</Note>
      ) : (
        <p className="text-sm text-muted">{t("requester.what")}</p>
      )}
    </Card>
  );
}
