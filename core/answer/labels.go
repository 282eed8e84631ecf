package answer

import "slices"

// LabelsOf lists the ids of the labels that a value names, sorted; none for nil
// and for types without labels.
func LabelsOf(v Value) []string {
	var ids []string
	switch v := v.(type) {
	case Choice:
		ids = []string{string(v)}
	case Choices:
		ids = slices.Clone(v)
	case Path:
		ids = slices.Clone(v)
	case Spans:
		for _, s := range v.Spans {
			ids = append(ids, s.Label)
		}
	case Boxes:
		ids = named(v)
	case Polygons:
		ids = named(v)
	case Keypoints:
		ids = named(v)
	case Masks:
		ids = named(v)
	case Intervals:
		ids = named(v)
	case Tracks:
		ids = named(v)
	case Cuboids:
		ids = named(v)
	}
	slices.Sort(ids)
	return slices.Compact(ids)
}

func named[R region](regions []R) []string {
	ids := make([]string, len(regions))
	for i, r := range regions {
		ids[i] = r.label()
	}
	return ids
}
