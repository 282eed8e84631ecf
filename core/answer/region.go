package answer

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// region is a labelled part of what is shown.
type region interface {
	label() string
	// bounds checks all but the label.
	bounds() error
}

// checkRegions holds regions against their control and their order.
func checkRegions[R region](c Control, regions []R) error {
	if len(regions) > MaxRegions {
		return fault.Limit("%d regions: at most %d", len(regions), MaxRegions)
	}
	var before []byte
	for i, r := range regions {
		if err := c.offers(r.label()); err != nil {
			return fmt.Errorf("region %d: %w", i, err)
		}
		if err := r.bounds(); err != nil {
			return fmt.Errorf("region %d: %w", i, err)
		}
		text := spell(r)
		if i > 0 && bytes.Compare(before, text) >= 0 {
			return fault.Invalid("region %d: in the order of their bytes, none twice", i)
		}
		before = text
	}
	return nil
}

func spell(r any) []byte {
	text, err := json.Marshal(r)
	if err != nil {
		panic("answer: " + err.Error()) // plain structs always marshal
	}
	return text
}

// sortRegions puts regions in the order of their bytes and drops repeated ones.
func sortRegions[R region](regions []R) []R {
	type spelled struct {
		region R
		text   []byte
	}
	all := make([]spelled, len(regions))
	for i, r := range regions {
		all[i] = spelled{r, spell(r)}
	}
	slices.SortFunc(all, func(a, b spelled) int { return bytes.Compare(a.text, b.text) })
	sorted := make([]R, 0, len(all))
	for i, s := range all {
		if i == 0 || !bytes.Equal(all[i-1].text, s.text) {
			sorted = append(sorted, s.region)
		}
	}
	return sorted
}

// Sort puts a value that was made, not parsed, into its order: what is a set
// is sorted, and what stands twice in it dropped. Relations keep their spans.
func Sort(v Value) Value {
	switch v := v.(type) {
	case Choices:
		sorted := append(Choices{}, v...)
		slices.Sort(sorted)
		return slices.Compact(sorted)
	case Spans:
		return v.sorted()
	case Boxes:
		return Boxes(sortRegions(v))
	case Polygons:
		return Polygons(sortRegions(v))
	case Keypoints:
		return Keypoints(sortRegions(v))
	case Masks:
		return Masks(sortRegions(v))
	case Intervals:
		return Intervals(sortRegions(v))
	case Tracks:
		return Tracks(sortRegions(v))
	case Cuboids:
		return Cuboids(sortRegions(v))
	default:
		return v
	}
}

func (v Spans) sorted() Spans {
	out := Spans{Spans: append([]Span{}, v.Spans...)}
	slices.SortFunc(out.Spans, compareSpans)
	out.Spans = slices.CompactFunc(out.Spans, func(a, b Span) bool { return compareSpans(a, b) == 0 })
	place := func(old int64) int64 {
		at, _ := slices.BinarySearchFunc(out.Spans, v.Spans[old], compareSpans)
		return int64(at)
	}
	for _, r := range v.Relations {
		out.Relations = append(out.Relations, Relation{From: place(r.From), To: place(r.To), Label: r.Label})
	}
	slices.SortFunc(out.Relations, compareRelations)
	out.Relations = slices.Compact(out.Relations)
	return out
}
