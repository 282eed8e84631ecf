package consensus

import (
	"slices"

	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
	"github.com/alaya-network/alaya/core/quality/table"
)

// values are the answers to one control.
type values = table.Table[answer.Value]

// kind is how the values of one control are compared and put together. It must
// be pure, give the same bits everywhere, and may be used concurrently.
type kind interface {
	// similarity is how alike two values are: symmetric, One for equal ones.
	similarity(a, b answer.Value) num.Ppm
	// merge returns the value of every task of t; nil where there are no votes,
	// or too much to look through: then a given value stands in. Errors of kind
	// limit concern all tasks likewise.
	merge(t *values) ([]answer.Value, error)
	// guess is the chance that a value made up without looking has at least
	// such a similarity.
	guess(match num.Ppm) num.Ppm
}

// maker makes the kind of a type.
type maker struct {
	name answer.Type
	make func(c answer.Control, s settings) kind
}

func makers() []maker {
	return []maker{
		{answer.TypeChoice, newChoice},
		{answer.TypeChoices, newChoices},
		{answer.TypePath, newPath},
		{answer.TypeRating, newGrades},
		{answer.TypeNumber, newQuantity},
		{answer.TypeText, newWriting},
		{answer.TypeSpan, newReading},
		{answer.TypeBox, newBoxes},
		{answer.TypePolygon, newPolygons},
		{answer.TypeKeypoint, newKeypoints},
		{answer.TypeMask, newMasks},
		{answer.TypeInterval, newIntervals},
		{answer.TypeTrack, newTracks},
		{answer.TypeCuboid, newCuboids},
		{answer.TypePreference, newPreference},
		{answer.TypeRanking, newOrder},
	}
}

// settings are what merging needs besides the answers.
type settings struct {
	salt   [32]byte     // of the control
	method label.Method // for whatever is a choice between names
}

// newKinds returns the kind of each control of a form that was validated.
func newKinds(f answer.Form, salt [32]byte, m label.Method) []kind {
	all := makers()
	kinds := make([]kind, len(f.Controls))
	for i, c := range f.Controls {
		at := slices.IndexFunc(all, func(m maker) bool { return m.name == c.Type })
		kinds[i] = all[at].make(c, settings{strict.TieKey(salt, "control", c.Name), m})
	}
	return kinds
}

// never is the guess of kinds whose values nobody hits by chance.
type never struct{}

func (never) guess(num.Ppm) num.Ppm { return 0 }

// share returns a part of a whole, rounded down; One of nothing.
func share(part, whole int64) num.Ppm {
	if whole == 0 {
		return num.One
	}
	return num.Ppm(part * int64(num.One) / whole)
}
