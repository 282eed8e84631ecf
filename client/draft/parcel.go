package draft

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"path"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
)

// Putter keeps a blob and returns its content id.
type Putter interface {
	PutBytes(ctx context.Context, content []byte) (id.CID, error)
}

// Parcel is a draft with its blobs put away.
type Parcel struct {
	Draft    Draft
	SpecID   id.CID
	Manifest market.Manifest
	Gold     market.Gold
	// Secret are the gold labels with their salts: whoever has them can answer
	// the gold. Keep them until the round in which they are opened.
	Secret []work.GoldLabel
}

// Material is what a parcel is packed from.
type Material struct {
	Draft  Draft
	Spec   market.Spec
	Items  []work.Item // in the order of pages
	Pages  []uint32
	Gold   []work.GoldLabel
	Assets fs.FS // the files that items name, if any
}

// Load reads the files a draft names. Salt makes the salts of gold; it must be
// unpredictable.
func Load(folder fs.FS, d Draft, salt func() id.Hash) (Material, error) {
	m := Material{Draft: d}
	items, err := readItems(folder, d.Items)
	if err != nil {
		return m, err
	}
	m.Items, m.Pages = items, evenPages(len(items), d.Page)
	var guidelines []byte
	if d.Guidelines != "" {
		if guidelines, err = fs.ReadFile(folder, path.Clean(d.Guidelines)); err != nil {
			return m, err
		}
	}
	if m.Spec, err = d.spec(folder, string(guidelines)); err != nil {
		return m, err
	}
	if d.Examples != "" {
		if m.Spec.Examples, err = readExamples(folder, d.Examples, m.Items, m.Spec); err != nil {
			return m, err
		}
	}
	if d.Assets != "" {
		if m.Assets, err = fs.Sub(folder, path.Clean(d.Assets)); err != nil {
			return m, fault.Invalid("draft: assets %q: %w", d.Assets, err)
		}
	}
	if d.Gold != "" {
		if m.Gold, err = readGold(folder, d.Gold, m.Items, m.Spec); err != nil {
			return m, err
		}
		for i := range m.Gold {
			m.Gold[i].Salt = salt()
		}
	}
	return m, nil
}

// evenPages cuts n items into pages of the given size, the last one shorter.
func evenPages(n, size int) []uint32 {
	if size < 1 {
		size = 1
	}
	var pages []uint32
	for ; n > 0; n -= size {
		pages = append(pages, uint32(min(n, size)))
	}
	return pages
}

// Pack puts spec and manifest away and commits to the gold.
func (m Material) Pack(ctx context.Context, blobs Putter) (Parcel, error) {
	p := Parcel{Draft: m.Draft, Secret: m.Gold, Gold: work.CommitGold(m.Gold)}
	files := assets{folder: m.Assets, blobs: blobs, known: map[string]Asset{}}
	var err error
	if p.SpecID, err = m.packSpec(ctx, files); err != nil {
		return p, err
	}
	var lines []byte
	for _, item := range m.Items {
		if item, err = files.pack(ctx, item); err != nil {
			return p, err
		}
		lines = work.AppendLine(lines, item)
	}
	p.Manifest.Pages = m.Pages
	if p.Manifest.Root, p.Manifest.Count, err = work.Root(lines); err != nil {
		return p, err
	}
	p.Manifest.CID, err = blobs.PutBytes(ctx, lines)
	return p, err
}

// packSpec puts the spec away, with the files that its examples show.
func (m Material) packSpec(ctx context.Context, files assets) (id.CID, error) {
	spec := m.Spec
	if err := spec.Validate(); err != nil {
		return "", err
	}
	spec.Examples = slices.Clone(spec.Examples)
	for i, e := range spec.Examples {
		var item work.Item
		if json.Unmarshal(e.Item, &item) != nil {
			continue // some other thing that says more than an item
		}
		packed, err := files.pack(ctx, item)
		if err != nil {
			return "", err
		}
		if !bytes.Equal(packed.Data, item.Data) {
			spec.Examples[i].Item = bytes.TrimSpace(work.AppendLine(nil, packed))
		}
	}
	text, err := json.Marshal(spec)
	if err != nil {
		return "", fault.Internal("draft: spec: %w", err)
	}
	return files.blobs.PutBytes(ctx, text)
}
