package agree

// Scale says what a disagreement of two labels weighs.
type Scale uint8

// The scales of Krippendorff's alpha.
const (
	Nominal  Scale = iota // 1 where the labels differ
	Ordinal               // the square of the number of ratings between them
	Interval              // the square of the distance of their positions
)

// Krippendorff returns alpha, 1 - observed/expected disagreement: within
// units against between any two ratings. Units with fewer than two ratings
// leave no trace. Of units without two different labels alpha is One.
func Krippendorff(r Ratings, s Scale) Measure {
	if s == Nominal {
		return Measure{r.units, r.nominalAlpha}
	}
	return Measure{r.units, func(weight []int32) float64 {
		position := r.centred()
		if s == Ordinal {
			t := r.tally(weight)
			position = midranks(t.total, t.n)
		}
		return r.squaredAlpha(weight, position)
	}}
}

func (r Ratings) nominalAlpha(weight []int32) float64 {
	t := r.tally(weight)
	n := float64(t.n)
	chance := float64(n * n)
	for _, c := range t.total {
		chance -= float64(float64(c) * float64(c))
	}
	return beyondChance(float64(t.perRater*(n-1)), chance)
}

// midranks places each class in the middle of its ratings' ranks, from the
// middle of all: the ordinal distance of two classes is that of their
// midranks.
func midranks(total []int64, n int64) []float64 {
	ranks := make([]float64, len(total))
	below := -n
	for c, t := range total {
		ranks[c] = float64(below+t) / 2
		below += 2 * t
	}
	return ranks
}

// squaredAlpha weighs by squared distances: over the ordered pairs of m
// ratings they sum to 2m·Σx² - 2(Σx)².
func (r Ratings) squaredAlpha(weight []int32, position []float64) float64 {
	var within, sum, squares, n float64
	for i := range r.units {
		votes, w := r.votes(i), float64(times(weight, i))
		if len(votes) < 2 || w == 0 {
			continue
		}
		var s, q float64
		for _, v := range votes {
			x := position[r.of(v)]
			s += x
			q += float64(x * x)
		}
		m := float64(len(votes))
		within += float64(w*(float64(m*q)-float64(s*s))) / (m - 1)
		sum += float64(w * s)
		squares += float64(w * q)
		n += float64(w * m)
	}
	return beyondChance(float64(within*(n-1)), float64(n*squares)-float64(sum*sum))
}
