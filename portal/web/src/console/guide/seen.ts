/** Which version of a request's guidelines an account has read last; 0: none. */
export function seenVersion(account: string, request: string): number {
  return Number(localStorage.getItem(place(account, request)) ?? 0) || 0;
}

export function markSeen(account: string, request: string, version: number) {
  localStorage.setItem(place(account, request), String(version));
}

const place = (account: string, request: string) => `alaya.guide.${account}.${request}`;
