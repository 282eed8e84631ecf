package replay

import (
	"encoding/binary"
	"strconv"

	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/work"
)

// Synthetic is a crowd that never was: contributors of a stated skill, who err
// independently and evenly over the other labels. Everything follows from the
// seed.
type Synthetic struct {
	Items        int
	Page         int // items on a page
	Contributors int
	Labels       int
	Each         uint64  // answers a contributor can give
	Lowest       num.Ppm // skill of the worst; the others spread evenly to Highest
	Highest      num.Ppm
	Seed         string
}

// Size implements Crowd.
func (s Synthetic) Size() int { return s.Contributors }

// Name implements Crowd.
func (s Synthetic) Name(i int) string { return "c" + strconv.Itoa(i) }

// Able implements Crowd: everybody can do every page.
func (s Synthetic) Able(int) []uint32 { return nil }

// Units implements Crowd.
func (s Synthetic) Units(int) uint64 { return s.Each }

// Answer implements Crowd.
func (s Synthetic) Answer(i int, item string) work.Answer {
	draw := s.draw(s.Name(i), item)
	label := s.truth(item)
	skill := s.Lowest + (s.Highest-s.Lowest)*num.Ppm(i)/num.Ppm(max(1, s.Contributors-1))
	if num.Ppm(draw%uint64(num.One)) >= skill {
		label = (label + 1 + int(draw>>32)%(s.Labels-1)) % s.Labels
	}
	return work.Answer{Item: item, Label: s.label(label), Ms: int64(1000 + draw%9000)}
}

// Truth is the true label of every item.
func (s Synthetic) Truth() map[string]string {
	truth := make(map[string]string, s.Items)
	for i := range s.Items {
		item := s.item(i)
		truth[item] = s.label(s.truth(item))
	}
	return truth
}

// Layout cuts the items into even pages.
func (s Synthetic) Layout() Layout {
	l := Layout{Items: make([]work.Item, s.Items)}
	for i := range l.Items {
		l.Items[i].ID = s.item(i)
	}
	for left := s.Items; left > 0; left -= s.Page {
		l.Pages = append(l.Pages, uint32(min(left, s.Page)))
	}
	return l
}

// LabelSet lists the labels.
func (s Synthetic) LabelSet() []string {
	labels := make([]string, s.Labels)
	for i := range labels {
		labels[i] = s.label(i)
	}
	return labels
}

func (s Synthetic) item(i int) string     { return "item" + strconv.Itoa(i) }
func (s Synthetic) label(i int) string    { return "label" + strconv.Itoa(i) }
func (s Synthetic) truth(item string) int { return int(s.draw("truth", item) % uint64(s.Labels)) }
func (s Synthetic) draw(parts ...string) uint64 {
	bytes := make([][]byte, 0, len(parts)+1)
	bytes = append(bytes, []byte(s.Seed))
	for _, p := range parts {
		bytes = append(bytes, []byte(p))
	}
	h := id.Sum("alaya/replay/synthetic/v1", bytes...)
	return binary.BigEndian.Uint64(h[:8])
}
