package answer

import (
	"slices"

	"github.com/alaya-network/alaya/core/fault"
)

// Type names what a control asks for.
type Type string

// The types.
const (
	TypeChoice     Type = "choice"
	TypeChoices    Type = "choices"
	TypePath       Type = "path"
	TypeRating     Type = "rating"
	TypeNumber     Type = "number"
	TypeText       Type = "text"
	TypeSpan       Type = "span"
	TypeBox        Type = "box"
	TypePolygon    Type = "polygon"
	TypeKeypoint   Type = "keypoint"
	TypeMask       Type = "mask"
	TypeInterval   Type = "interval"
	TypeTrack      Type = "track"
	TypeCuboid     Type = "cuboid"
	TypePreference Type = "preference"
	TypeRanking    Type = "ranking"
)

// kind is what a type means: the fields its controls must and may have besides
// those of all, and how its values are read.
type kind struct {
	name      Type
	must, may []string
	read      func([]byte) (Value, error)
}

func kinds() []kind {
	labels := []string{"labels"}
	return []kind{
		{TypeChoice, labels, nil, read[Choice]},
		{TypeChoices, labels, nil, read[Choices]},
		{TypePath, labels, nil, read[Path]},
		{TypeRating, []string{"max"}, nil, read[Rating]},
		{TypeNumber, nil, []string{"min", "max", "step", "decimals", "unit"}, read[Number]},
		{TypeText, nil, []string{"max_length"}, read[Text]},
		{TypeSpan, labels, []string{"relations"}, read[Spans]},
		{TypeBox, labels, nil, read[Boxes]},
		{TypePolygon, labels, nil, read[Polygons]},
		{TypeKeypoint, labels, nil, read[Keypoints]},
		{TypeMask, labels, nil, read[Masks]},
		{TypeInterval, labels, []string{"unit"}, read[Intervals]},
		{TypeTrack, labels, nil, read[Tracks]},
		{TypeCuboid, labels, nil, read[Cuboids]},
		{TypePreference, []string{"options"}, nil, read[Preference]},
		{TypeRanking, []string{"options"}, nil, read[Ranking]},
	}
}

// Types lists all types.
func Types() []Type {
	var names []Type
	for _, k := range kinds() {
		names = append(names, k.name)
	}
	return names
}

func kindOf(t Type) (kind, error) {
	all := kinds()
	i := slices.IndexFunc(all, func(k kind) bool { return k.name == t })
	if i < 0 {
		return kind{}, fault.Invalid("type %q: not one of %v", t, Types())
	}
	return all[i], nil
}
