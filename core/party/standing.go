package party

import (
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
)

// Standing is what an address has proved in one skill. Right and Wrong are in
// millionths of an answer, aged to Updated.
type Standing struct {
	Address id.Address
	Skill   string
	Right   int64
	Wrong   int64
	Updated id.Time
	Settled num.Amount
}

// maxCount bounds the counts: a thousand million answers.
const maxCount = 1_000_000_000 * int64(num.One)

// Observe ages the standing to now and adds verified answers, in millionths.
func (s Standing) Observe(right, wrong int64, now id.Time, halfLifeMs int64) (Standing, error) {
	if right < 0 || wrong < 0 || right > maxCount || wrong > maxCount {
		return s, fault.Invalid("party: standing of %s: right %d, wrong %d: 0 to %d", s.Address, right, wrong, maxCount)
	}
	s = s.at(now, halfLifeMs)
	s.Right = min(s.Right+right, maxCount)
	s.Wrong = min(s.Wrong+wrong, maxCount)
	return s, nil
}

// Earned adds released pay.
func (s Standing) Earned(a num.Amount) (Standing, error) {
	sum, err := s.Settled.Add(a)
	if err != nil {
		return s, err
	}
	s.Settled = sum
	return s, nil
}

func (s Standing) at(now id.Time, halfLifeMs int64) Standing {
	elapsed := int64(now) - int64(s.Updated)
	if elapsed <= 0 || s.Updated == 0 {
		elapsed = 0
	}
	s.Right = num.Decay(s.Right, elapsed, halfLifeMs)
	s.Wrong = num.Decay(s.Wrong, elapsed, halfLifeMs)
	s.Updated = max(now, s.Updated)
	return s
}

// Score is the public skill: the lower 5 % quantile of Beta(1+right, 1+wrong).
func (s Standing) Score(now id.Time, halfLifeMs int64) num.Ppm {
	aged := s.at(now, halfLifeMs)
	return num.BetaLower(int64(num.One)+aged.Right, int64(num.One)+aged.Wrong)
}

// Level is a coarse rank that opens requests and seats.
type Level string

// Levels, lowest first.
const (
	Novice    Level = "novice"
	Practised Level = "practised"
	Expert    Level = "expert"
	Lead      Level = "lead"
)

// Level ranks by score and settled pay: practised from 0.6 and 10 ALY, expert
// from 0.75 and 100 ALY, lead from 0.85 and 1,000 ALY.
func (s Standing) Level(now id.Time, halfLifeMs int64) Level {
	score := s.Score(now, halfLifeMs)
	switch {
	case score >= 850_000 && s.Settled >= 1000*num.ALY:
		return Lead
	case score >= 750_000 && s.Settled >= 100*num.ALY:
		return Expert
	case score >= 600_000 && s.Settled >= 10*num.ALY:
		return Practised
	}
	return Novice
}

// Check holds invariant 1.
func (s Standing) Check() error {
	if s.Right < 0 || s.Wrong < 0 || s.Right > maxCount || s.Wrong > maxCount || s.Settled < 0 {
		return fault.Internal("party: standing of %s in %s: right %d, wrong %d, settled %s", s.Address, s.Skill, s.Right, s.Wrong, s.Settled)
	}
	return nil
}

// Conduct is what an address did to others, across all skills.
type Conduct struct {
	Address    id.Address
	Strikes    uint32
	Contests   uint32
	Overturned uint32
}

// Strike counts one more verdict that found the address's answers worthless.
func (c Conduct) Strike() Conduct {
	c.Strikes++
	return c
}

// Contest counts a contest that the address opened as a requester.
func (c Conduct) Contest() Conduct {
	c.Contests++
	return c
}

// Overturn counts a contest that ended against the address.
func (c Conduct) Overturn() Conduct {
	c.Overturned++
	return c
}

// SlashShare is the part of a stake that the next strike costs: the first is a
// warning, the second costs a quarter, any further one all.
func (c Conduct) SlashShare() num.Ppm {
	switch c.Strikes {
	case 0:
		return 0
	case 1:
		return num.One / 4
	}
	return num.One
}
