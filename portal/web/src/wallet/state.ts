import { createStore, useStore } from "@/design";

/** Whose name a transaction bears. */
export interface Account {
  address: string;
  name: string;
  /** Where its key is: sealed in this browser, given out by a node of one machine, or in Keplr. */
  kind: "sealed" | "sample" | "keplr";
}

interface Wallet {
  accounts: Account[];
  /** The address of the account in use. */
  active: string | undefined;
  /** Sealed keys can be used: their passphrase was given and has not timed out. */
  unlocked: boolean;
}

const key = "alaya.accounts";

/** Names and addresses only: nothing of this is secret. */
function stored(): Pick<Wallet, "accounts" | "active"> {
  try {
    const { accounts = [], active } = JSON.parse(localStorage.getItem(key) ?? "{}") as Partial<Wallet>;
    return { accounts: accounts.filter(({ address }) => /^alaya1[0-9a-z]+$/.test(address)), active };
  } catch {
    return { accounts: [], active: undefined };
  }
}

export const wallet = createStore<Wallet>({ ...stored(), unlocked: false });

wallet.subscribe(() => {
  const { accounts, active } = wallet.get();
  localStorage.setItem(key, JSON.stringify({ accounts, active }));
});

window.addEventListener("storage", (e) => {
  if (e.key === key) wallet.set((before) => ({ ...before, accounts: stored().accounts }));
});

function activeOf({ accounts, active }: Wallet): Account | undefined {
  return accounts.find((account) => account.address === active) ?? accounts[0];
}

export const activeAccount = () => activeOf(wallet.get());

/** The account in use, if there is one. */
export function useAccount(): Account | undefined {
  return activeOf(useStore(wallet));
}

/** Puts an account into use. */
export function activate(address: string) {
  wallet.set((before) => ({ ...before, active: address }));
}

/** Adds an account, or renames the one of its address, and puts it into use. */
export function addAccount(account: Account) {
  wallet.set((before) => ({
    ...before,
    accounts: [...before.accounts.filter((a) => a.address !== account.address), account],
    active: account.address,
  }));
}

/** Takes an account off the list; its key is another matter. */
export function dropAccount(address: string) {
  wallet.set((before) => ({
    ...before,
    accounts: before.accounts.filter((a) => a.address !== address),
    active: before.active === address ? undefined : before.active,
  }));
}
