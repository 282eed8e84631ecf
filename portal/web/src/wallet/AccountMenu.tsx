import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";
import { accountQuery } from "@/api/account";
import { useEvents } from "@/api/events";
import { Amount, Button, Icon, LinkButton, Menu, MenuChoice, MenuItem, MenuLine, useStore } from "@/design";
import { short } from "@/design/format";
import { activate, useAccount, wallet, type Account } from "./state";

/** Who is at work, in the header: balance, other accounts, lock; or the way to get an account. */
export function AccountMenu() {
  const { t } = useTranslation("wallet");
  const account = useAccount();
  if (account) return <Mine account={account} />;
  return (
    <LinkButton look="primary" icon="account" to="/wallet" className="max-md:px-2.5">
      <span className="whitespace-nowrap max-sm:sr-only">{t("start")}</span>
    </LinkButton>
  );
}

function Mine({ account }: { account: Account }) {
  const { t } = useTranslation("wallet");
  const navigate = useNavigate();
  const { accounts, unlocked } = useStore(wallet);
  const balance = useQuery(accountQuery(account.address)).data?.balance;
  useEvents({ party: account.address }, { invalidate: [accountQuery(account.address).queryKey] });
  const name = account.name || short(account.address);
  return (
    <Menu
      trigger={
        <Button look="quiet" className="max-w-48 py-0!">
          <Icon name="account" />
          <span className="sr-only">{t("menu", { name })}</span>
          <span aria-hidden="true" className="flex min-w-0 flex-col items-start text-sm leading-tight max-lg:hidden">
            <bdi className="max-w-full truncate">{name}</bdi>
            <span className="text-sm text-muted">{balance && <Amount ualy={balance} digits={2} />}</span>
          </span>
        </Button>
      }
    >
      <div className="px-2.5 py-1.5 lg:hidden">
        <bdi className="font-medium">{name}</bdi>
        <div className="text-sm text-muted">{balance && <Amount ualy={balance} />}</div>
      </div>
      {accounts.length > 1 && (
        <>
          <MenuChoice
            label={t("switch")}
            value={account.address}
            options={accounts.map((a) => ({ value: a.address, label: <bdi>{a.name || short(a.address)}</bdi> }))}
            onChange={activate}
          />
          <MenuLine />
        </>
      )}
      <MenuItem icon="copy" onSelect={() => void navigator.clipboard.writeText(account.address)}>
        {t("copyAddress")}
      </MenuItem>
      <MenuItem icon="key" onSelect={() => void navigate("/wallet")}>
        {t("accounts")}
      </MenuItem>
      {unlocked && (
        <MenuItem icon="lock" onSelect={() => void import("./session").then(({ lock }) => lock())}>
          {t("lock")}
        </MenuItem>
      )}
    </Menu>
  );
}
