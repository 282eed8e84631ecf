package agree

// Fleiss returns Fleiss' kappa: the mean share of agreeing pairs per unit
// against what the labels' shares give by chance. It is meant for the same
// number of raters everywhere; where that varies each unit counts once, each
// rating once in the shares. Units with fewer than two ratings leave no trace.
func Fleiss(r Ratings) Measure {
	return Measure{r.units, r.fleiss}
}

func (r Ratings) fleiss(weight []int32) float64 {
	t := r.tally(weight)
	if t.n == 0 {
		return 1
	}
	chance := 1.0
	for _, c := range t.total {
		share := float64(c) / float64(t.n)
		chance -= float64(share * share)
	}
	return beyondChance(t.perPair/float64(t.units), chance)
}

// Weights says what a disagreement weighs in Cohen's kappa.
type Weights uint8

// The weights of Cohen's kappa.
const (
	Unweighted Weights = iota // 1 where the labels differ
	Linear                    // the distance of their positions
	Quadratic                 // its square
)

// Cohen returns the kappa of two raters, over the units both rated: their
// disagreement against that of two who give labels as often as they do, but
// independently. Without a unit in common it is One.
func Cohen(r Ratings, a, b int32, w Weights) Measure {
	var both [][2]int32
	for i := range r.units {
		met := [2]int32{-1, -1}
		for _, v := range r.votes(i) {
			if v.Worker == a {
				met[0] = r.of(v)
			}
			if v.Worker == b {
				met[1] = r.of(v)
			}
		}
		if met[0] >= 0 && met[1] >= 0 {
			both = append(both, met)
		}
	}
	return Measure{len(both), func(weight []int32) float64 { return r.cohen(both, weight, w) }}
}

func (r Ratings) cohen(both [][2]int32, weight []int32, w Weights) float64 {
	as, bs := make([]int64, r.k()), make([]int64, r.k())
	position := r.centred()
	var differ, n float64
	for i, met := range both {
		times := times(weight, i)
		as[met[0]] += times
		bs[met[1]] += times
		n += float64(times)
		differ += float64(float64(times) * w.distance(position, met[0], met[1]))
	}
	return beyondChance(float64(differ*n), w.between(position, as, bs))
}

// distance returns what two classes' disagreement weighs.
func (w Weights) distance(position []float64, a, b int32) float64 {
	d := position[max(a, b)] - position[min(a, b)]
	switch {
	case w == Linear:
		return d
	case w == Quadratic:
		return float64(d * d)
	case a == b:
		return 0
	default:
		return 1
	}
}

// between sums the distance over all pairs of a rating in as and one in bs,
// which count the ratings of each class.
func (w Weights) between(position []float64, as, bs []int64) float64 {
	var na, nb, sum, sa, sb, squares float64
	for c, x := range position {
		a, b := float64(as[c]), float64(bs[c])
		switch w {
		case Linear: // each lower rating of one to each higher of the other
			sum += float64(a*(float64(nb*x)-sb)) + float64(b*(float64(na*x)-sa))
		case Unweighted:
			sum -= float64(a * b)
		case Quadratic:
			squares += float64(float64(x*x) * (a + b)) // of as many on both sides
		}
		na, nb = na+a, nb+b
		sa += float64(a * x)
		sb += float64(b * x)
	}
	switch w {
	case Linear:
		return sum
	case Quadratic: // Σa·Σb x² + Σb·Σa x² - 2·Σax·Σbx, with Σa = Σb
		return float64(na*squares) - float64(2*float64(sa*sb))
	default:
		return float64(na*nb) + sum
	}
}
