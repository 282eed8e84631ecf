package draft

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	_ "image/gif" // sizes of pictures
	_ "image/jpeg"
	_ "image/png"
	"io"
	"io/fs"
	"net/http"
	"path"
	"strings"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/work"
)

// MaxAsset bounds a file that an item shows, in bytes.
const MaxAsset = 1 << 30

// Asset is a file that an item shows, by its content.
type Asset struct {
	CID    id.CID `json:"cid"`
	Mime   string `json:"mime"`
	Name   string `json:"name,omitempty"`
	Size   int64  `json:"size,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// assets puts the files away that items name, each once.
type assets struct {
	folder fs.FS
	blobs  Putter
	known  map[string]Asset
}

// pack returns an item in whose data every name of a file in the folder became
// the file.
func (a *assets) pack(ctx context.Context, item work.Item) (work.Item, error) {
	var data map[string]json.RawMessage
	if a.folder == nil || len(item.Data) == 0 || json.Unmarshal(item.Data, &data) != nil {
		return item, nil
	}
	found := false
	for key, value := range data {
		var name string
		if json.Unmarshal(value, &name) != nil || !a.has(name) {
			continue
		}
		asset, err := a.put(ctx, path.Clean(name))
		if err != nil {
			return item, fault.Errorf(fault.KindOf(err), "item %q, %s: %w", item.ID, key, err)
		}
		if data[key], err = json.Marshal(asset); err != nil {
			return item, fault.Internal("%w", err)
		}
		found = true
	}
	if !found {
		return item, nil
	}
	text, err := json.Marshal(data)
	item.Data = text
	return item, err
}

// has says whether a text names a file in the folder.
func (a *assets) has(name string) bool {
	if name == "" || len(name) > 255 || !fs.ValidPath(path.Clean(name)) {
		return false
	}
	info, err := fs.Stat(a.folder, path.Clean(name))
	return err == nil && info.Mode().IsRegular()
}

func (a *assets) put(ctx context.Context, name string) (Asset, error) {
	if asset, known := a.known[name]; known {
		return asset, nil
	}
	f, err := a.folder.Open(name)
	if err != nil {
		return Asset{}, err
	}
	defer f.Close()
	content, err := io.ReadAll(io.LimitReader(f, MaxAsset+1))
	if err != nil {
		return Asset{}, err
	}
	if len(content) > MaxAsset {
		return Asset{}, fault.Limit("%s: more than %d bytes", name, MaxAsset)
	}
	asset := Asset{Mime: mime(name, content), Name: path.Base(name), Size: int64(len(content))}
	if config, _, err := image.DecodeConfig(bytes.NewReader(content)); err == nil {
		asset.Width, asset.Height = config.Width, config.Height
	}
	if asset.CID, err = a.blobs.PutBytes(ctx, content); err != nil {
		return Asset{}, err
	}
	a.known[name] = asset
	return asset, nil
}

// mime names the type of a file: by its ending where its bytes do not tell, and
// never one that a browser would run.
func mime(name string, content []byte) string {
	switch strings.ToLower(path.Ext(name)) {
	case ".pcd":
		return "application/x-pcd"
	case ".bin":
		return "application/octet-stream"
	case ".ply":
		return "application/x-ply"
	case ".csv":
		return "text/csv"
	case ".tsv":
		return "text/tab-separated-values"
	case ".flac":
		return "audio/flac"
	case ".ogg", ".oga":
		return "audio/ogg"
	case ".mp3":
		return "audio/mpeg"
	}
	kind, _, _ := strings.Cut(http.DetectContentType(content), ";")
	if kind == "text/html" || kind == "text/xml" {
		return "text/plain"
	}
	return kind
}
