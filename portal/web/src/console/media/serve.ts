import { plain } from "./fault";

/** What a worker's script has of its scope. */
interface Scope<Q> {
  onmessage: ((event: MessageEvent<Q>) => void) | null;
  postMessage: (message: unknown, transfer: Transferable[]) => void;
}

/** Answers the one question a worker is asked, handing over what is large. */
export function serve<Q, T>(answer: (question: Q) => Promise<{ result: T; hand: Transferable[] }>) {
  const scope = globalThis as unknown as Scope<Q>;
  scope.onmessage = ({ data }) => {
    answer(data).then(
      ({ result, hand }) => scope.postMessage({ result }, hand),
      (error: unknown) => scope.postMessage({ fault: plain(error) }, []),
    );
  };
}
