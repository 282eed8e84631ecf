package api

import (
	"math"
	"math/rand/v2"
	"slices"

	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"

	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/index/view"
)

func (a *API) planRoutes() []route {
	return []route{
		post("/forecast", "forecast", "What a campaign would cost and bring, by playing some of its items.", view.Forecast{}, view.Outlook{}, a.forecast),
		post("/drafts", "checkDraft", "Checks a campaign in YAML.", view.Draft{}, view.Drafted{}, a.draft),
		post("/forms", "readForm", "Reads a Label Studio configuration as a form.", view.FormAsked{}, view.FormRead{}, a.form),
	}
}

const (
	// played is how many items a forecast plays; its seed is fixed, so equal
	// questions have equal answers.
	played, forecastSeed = 4000, 1
	maxItems, maxAnswers = 10_000_000, 64
)

// forecast plays items of a crowd whose answers are right with the accuracy
// that the caller guesses, wrong ones spread evenly, and that is asked until
// the posterior reaches the target.
func (a *API) forecast(c *call) (any, error) {
	var f view.Forecast
	if err := c.decode(&f); err != nil {
		return nil, err
	}
	f = usual(f)
	if err := checkForecast(f); err != nil {
		return nil, err
	}
	params, err := a.Client.Settle().Params(c.Context(), &settlev1.QueryParamsRequest{})
	if err != nil {
		return nil, err
	}
	return outlook(f, num.Bps(params.Params.FeeBps))
}

// usual fills in what need not be said.
func usual(f view.Forecast) view.Forecast {
	if f.Classes == 0 {
		f.Classes = 2
	}
	if f.Workers == 0 {
		f.Workers = 10
	}
	if f.MsPerAnswer == 0 {
		f.MsPerAnswer = 10_000
	}
	return f
}

func checkForecast(f view.Forecast) error {
	for _, b := range []struct {
		field             string
		value, least, top uint64
	}{
		{"items", f.Items, 1, maxItems},
		{"redundancy.min", uint64(f.Redundancy.Min), 1, maxAnswers},
		{"redundancy.max", uint64(f.Redundancy.Max), uint64(f.Redundancy.Min), maxAnswers},
		{"redundancy.target", uint64(f.Redundancy.Target), 1, uint64(num.One)},
		{"classes", uint64(f.Classes), 2, 1000},
		{"accuracy_guess", uint64(f.Accuracy), 1, uint64(num.One)},
		{"price", uint64(max(0, f.Price)), 0, 1e12},
		{"workers", uint64(f.Workers), 1, 1_000_000},
		{"ms_per_answer", uint64(max(0, f.MsPerAnswer)), 1, 86_400_000},
		{"threshold", uint64(f.Threshold), 0, uint64(num.One)},
	} {
		if b.value < b.least || b.value > b.top {
			return fault.Invalid("api: %s %d: %d to %d", b.field, b.value, b.least, b.top)
		}
	}
	return nil
}

func outlook(f view.Forecast, fee num.Bps) (view.Outlook, error) {
	right, answers, curve := play(f)
	perItem := float64(answers) / played
	v := view.Outlook{
		Answers:             uint64(math.Ceil(perItem * float64(f.Items))),
		ExpectedAccuracyPpm: uint32(uint64(right) * uint64(num.One) / played),
	}
	v.Reaches = v.ExpectedAccuracyPpm >= f.Threshold
	v.DurationMs = int64(v.Answers) * f.MsPerAnswer / int64(f.Workers)
	price := int64(f.Price)
	v.Cost = view.Range{
		Low: view.Ualy(int64(f.Items) * int64(f.Redundancy.Min) * price), Mid: view.Ualy(int64(v.Answers) * price),
		High: view.Ualy(int64(f.Items) * int64(f.Redundancy.Max) * price),
	}
	charge, err := fee.Of(num.Amount(v.Cost.Mid), num.Up)
	v.Fee = view.Ualy(charge)
	for n, r := range curve {
		v.Curve = append(v.Curve, view.CurvePoint{
			Answers: uint32(n + 1), AccuracyPpm: uint32(uint64(r) * uint64(num.One) / played),
			Cost: view.Ualy(int64(f.Items) * int64(n+1) * price),
		})
	}
	return v, err
}

// play asks for answers to items, of which class 0 is right. It returns how
// many came out right, the answers asked for, and how many would be right after
// each number of answers.
func play(f view.Forecast) (right, answers int, curve []int) {
	rng := rand.New(rand.NewPCG(forecastSeed, uint64(f.Classes)))
	p := float64(f.Accuracy) / float64(num.One)
	p = min(max(p, 0.001), 0.999)
	weight := math.Log(p * float64(f.Classes-1) / (1 - p))
	curve = make([]int, f.Redundancy.Max)
	for range played {
		votes := make([]int, f.Classes)
		asked, decided := 0, false
		for n := range curve {
			choice := 0
			if rng.Float64() >= p {
				choice = 1 + rng.IntN(int(f.Classes)-1)
			}
			votes[choice]++
			won := leads(votes, rng)
			if won {
				curve[n]++
			}
			if !decided {
				asked = n + 1
				decided = asked >= int(f.Redundancy.Min) && sure(votes, weight) >= float64(f.Redundancy.Target)/float64(num.One)
				if (decided || n+1 == len(curve)) && won {
					right++
				}
			}
		}
		answers += asked
	}
	return right, answers, curve
}

// leads says whether class 0 has the most votes; ties are drawn.
func leads(votes []int, rng *rand.Rand) bool {
	top := slices.Max(votes)
	if votes[0] < top {
		return false
	}
	tied := 0
	for _, v := range votes {
		if v == top {
			tied++
		}
	}
	return rng.IntN(tied) == 0
}

// sure is the posterior of the leading class.
func sure(votes []int, weight float64) float64 {
	top := float64(slices.Max(votes))
	sum := 0.0
	for _, v := range votes {
		sum += math.Exp(weight * (float64(v) - top))
	}
	return 1 / sum
}
