import { blobUrl, defaultFps, mediaFor, type Media } from "../../media/asset";
import { LoadedMedia, NoMedia } from "../../media/LoadedMedia";
import { useLoaded } from "../../media/useLoaded";
import type { PluginProps } from "../../plugin";
import type { Film } from "./film";
import { openVideo } from "./html";
import { openSequence } from "./sequence";
import { TrackEditor } from "./TrackEditor";

type Props = PluginProps<"track">;
type Moving = Extract<Media, { kind: "image" | "audio" | "video" } | { kind: "frames" }>;

const isMoving = (media: Media | undefined): media is Moving => media?.kind === "video" || media?.kind === "frames";

const keyOf = (media: Moving) => (media.kind === "frames" ? (media.frames.frames[0]?.cid ?? "") : media.asset.cid);

/** Tracks through a video, or through pictures shown one after the other. */
export function VideoPlugin(props: Props) {
  const media = mediaFor(props.control, props.item);
  if (!isMoving(media)) return <NoMedia onBroken={props.onBroken} />;
  return <Loaded key={keyOf(media)} {...props} media={media} />;
}

function load(media: Moving, signal: AbortSignal): Promise<Film> {
  if (media.kind === "frames") return openSequence(media.frames);
  const { fps = defaultFps } = media.asset;
  return openVideo(blobUrl(media.asset), fps > 0 && fps <= 1000 ? fps : defaultFps, signal);
}

function Loaded({ media, ...props }: Props & { media: Moving }) {
  const state = useLoaded(keyOf(media), (signal) => load(media, signal));
  const name = media.kind === "frames" ? undefined : media.asset.name;
  return (
    <LoadedMedia state={state} onBroken={props.onBroken}>
      {(film) => <TrackEditor {...props} film={film} name={name} />}
    </LoadedMedia>
  );
}
