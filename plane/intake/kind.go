package intake

import (
	"io"
	"path"
	"slices"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/plane/media"
)

// inspect tells what a file is. Text under the name of a picture, a sound or a
// film is refused: people who expect something to look at would be shown the
// source of a page, or of a drawing that may carry a program.
func inspect(r io.ReaderAt, size int64, name string) (media.File, error) {
	found, err := media.Inspect(r, size, name)
	if err != nil {
		return found, err
	}
	if end := strings.ToLower(path.Ext(name)); strings.HasPrefix(found.MIME, "text/") && slices.Contains(shown(), end) {
		return found, fault.Invalid("media: %q is text, not what %s stands for: pictures are PNG, JPEG, GIF or WebP, never SVG", name, end)
	}
	return found, nil
}

// shown are the endings of what people look at or listen to.
func shown() []string {
	return []string{
		".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif",
		".wav", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".mp4", ".webm", ".mov", ".mkv",
	}
}
