import { useTranslation } from "react-i18next";
import { Button } from "./Button";

interface More {
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Fetches the next part of a list: give it what useInfiniteQuery gave. */
export function Pager({ query }: { query: More }) {
  const { t } = useTranslation("design");
  if (!query.hasNextPage) return null;
  return (
    <div className="flex justify-center">
      <Button busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        {t("more")}
      </Button>
    </div>
  );
}
