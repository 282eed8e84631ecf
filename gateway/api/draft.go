package api

import (
	"bytes"
	"io"
	"io/fs"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/alaya-network/alaya/client/draft"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/index"
	"github.com/alaya-network/alaya/index/view"
	"github.com/alaya-network/alaya/wire"
)

// maxDraft bounds a draft, in bytes.
const maxDraft = 256 << 10

// draft reads a campaign as the command line does and says what is wrong with
// it. Items, guidelines and gold are files on the requester's desk, so the
// terms leave out what follows from them.
func (a *API) draft(c *call) (any, error) {
	var d view.Draft
	if err := c.decode(&d); err != nil {
		return nil, err
	}
	if len(d.YAML) > maxDraft {
		return nil, fault.Limit("api: yaml of %d bytes: at most %d", len(d.YAML), maxDraft)
	}
	now, err := a.now(c)
	if err != nil {
		return nil, err
	}
	v := view.Drafted{Terms: view.JSON("null"), Problems: []view.Problem{}}
	written, err := draft.Read(desk(d.YAML), deskFile)
	if err != nil {
		v.Problems = problems(err.Error(), d.YAML)
		return v, nil
	}
	terms, err := standIn(written, d.Items).Terms(now)
	if err != nil {
		v.Problems = problems(err.Error(), d.YAML)
		return v, nil
	}
	proto := wire.TermsToProto(terms)
	proto.Spec, proto.Manifest.Cid, proto.Manifest.Root, proto.Manifest.Count, proto.Manifest.Pages = "", "", nil, 0, nil
	v.Terms = index.ProtoJSON(proto)
	return v, nil
}

// standIn is a parcel of the draft with items that are not there: so many, or
// else full pages, one or as many as its milestones want.
func standIn(d draft.Draft, items uint64) draft.Parcel {
	p := draft.Parcel{Draft: d, SpecID: id.RawCID([]byte("spec"))}
	p.Manifest = market.Manifest{CID: id.RawCID([]byte("items")), Root: id.Sum("alaya/gateway/stand-in", nil), Count: items}
	size := uint64(max(1, d.Page))
	if items == 0 {
		pages := uint64(0)
		for _, m := range d.Milestones {
			pages += uint64(m.Pages)
		}
		p.Manifest.Count = min(max(pages, 1), market.MaxPages) * size
	}
	for left := p.Manifest.Count; left > 0 && len(p.Manifest.Pages) <= market.MaxPages; left -= min(left, size) {
		p.Manifest.Pages = append(p.Manifest.Pages, uint32(min(left, size)))
	}
	return p
}

const deskFile = "draft.yaml"

// desk is a folder with one file.
type desk string

// Open implements fs.FS.
func (d desk) Open(name string) (fs.File, error) {
	if name != deskFile {
		return nil, fs.ErrNotExist
	}
	return paper{bytes.NewReader([]byte(d))}, nil
}

type paper struct{ io.Reader }

// Close implements fs.File.
func (paper) Close() error { return nil }

// Stat implements fs.File.
func (paper) Stat() (fs.FileInfo, error) { return nil, fs.ErrInvalid }

// problems splits the reader's errors, of which each may name its line, and
// finds the field and line of those that do not.
func problems(err, text string) []view.Problem {
	lines := linesOf(text)
	var list []view.Problem
	named := regexp.MustCompile(`line (\d+): (.*)`)
	field := regexp.MustCompile(`field (\S+) not found`)
	for part := range strings.SplitSeq(strings.TrimPrefix(err, deskFile+": "), "\n") {
		p := view.Problem{Error: strings.TrimSpace(part)}
		if m := named.FindStringSubmatch(part); m != nil {
			p.Line, _ = strconv.Atoi(m[1])
			p.Error = m[2]
		} else if strings.HasSuffix(p.Error, "errors:") {
			continue // the head of the list
		}
		if m := field.FindStringSubmatch(p.Error); m != nil {
			p.Field = m[1]
		}
		if p.Field == "" {
			p.Field = fieldOf(p, lines)
		}
		if p.Line == 0 {
			p.Line = lines[p.Field]
		}
		list = append(list, p)
	}
	return list
}

// linesOf says on which line each field of the draft stands.
func linesOf(text string) map[string]int {
	lines := map[string]int{}
	var root yaml.Node
	if yaml.Unmarshal([]byte(text), &root) != nil || len(root.Content) == 0 {
		return lines
	}
	var walk func(prefix string, n *yaml.Node)
	walk = func(prefix string, n *yaml.Node) {
		for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
			name := prefix + n.Content[i].Value
			lines[name] = n.Content[i].Line
			walk(name+".", n.Content[i+1])
		}
	}
	walk("", root.Content[0])
	return lines
}

// fieldOf finds the field on a problem's line, else the one whose name is in
// its text: the longest counts.
func fieldOf(p view.Problem, lines map[string]int) string {
	var fits []string
	for name, line := range lines {
		last := name[strings.LastIndex(name, ".")+1:]
		words := strings.ReplaceAll(last, "_", " ")
		if line == p.Line || p.Line == 0 && (strings.Contains(p.Error, last) || strings.Contains(p.Error, words)) {
			fits = append(fits, name)
		}
	}
	slices.SortFunc(fits, func(a, b string) int {
		if len(a) != len(b) {
			return len(b) - len(a)
		}
		return strings.Compare(a, b)
	})
	if len(fits) == 0 {
		return ""
	}
	return fits[0]
}
