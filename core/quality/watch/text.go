package watch

import (
	"fmt"

	"github.com/alaya-network/alaya/core/num"
)

// Text tells the evidence in one sentence.
func (f Finding) Text() string {
	switch f.Kind {
	case KindSpeed:
		return fmt.Sprintf("%s takes %s per answer (median of %d); a quarter of what is usual is %s",
			f.Worker, seconds(f.Value), f.Of, seconds(f.Limit))
	case KindPace:
		return fmt.Sprintf("%s answers like a clock: the middle half of %d times spans %v of their median; people's spans more than %v",
			f.Worker, f.Of, num.Ppm(f.Value), num.Ppm(f.Limit))
	case KindEntropy:
		return fmt.Sprintf("%s hardly varies over %d answers: label entropy %s nat, at least %s is usual",
			f.Worker, f.Of, decimal(f.Value), decimal(f.Limit))
	case KindMonotony:
		return fmt.Sprintf("%s gave %q to %d of %d tasks where the usual worker gives it to %d: %s standard deviations more, at most %s is chance",
			f.Worker, f.Label, f.Count, f.Of, f.Expect, decimal(f.Value), decimal(f.Limit))
	case KindAgreement:
		return fmt.Sprintf("%s agrees with most others on %d of %d tasks (%v); at least %v is usual",
			f.Worker, f.Count, f.Of, num.Ppm(f.Value), num.Ppm(f.Limit))
	case KindRuns:
		return fmt.Sprintf("%s repeated the label before in %d of %d answers where honest work gives %d: %s standard deviations off, at most %s is chance",
			f.Worker, f.Count, f.Of, f.Expect, decimal(f.Value), decimal(f.Limit))
	case KindRepeat:
		return fmt.Sprintf("%s gave %q %d times in a row, of %d answers; chance explains at most %d",
			f.Worker, f.Label, f.Value, f.Of, f.Limit)
	case KindSpam:
		return fmt.Sprintf("%s seems to draw %v of %d answers at random, %q more than others; at most %v is tolerated",
			f.Worker, num.Ppm(f.Value), f.Of, f.Label, num.Ppm(f.Limit))
	case KindHours:
		return fmt.Sprintf("%s works at other hours than before: %d of %d answers at %s, where the past gives %d; divergence %s nat, at most %s is usual",
			f.Worker, f.Count, f.Of, f.Label, f.Expect, decimal(f.Value), decimal(f.Limit))
	case KindCopies:
		return fmt.Sprintf("%s gave %d of %d long texts nearly as another worker did (%v); at most %v is tolerated",
			f.Worker, f.Count, f.Of, num.Ppm(f.Value), num.Ppm(f.Limit))
	case KindShared:
		return fmt.Sprintf("%s is one of %d workers, from %s on, who share a device, an address or a source of funds", f.Worker, f.Value, f.Peer)
	case KindPair:
		return fmt.Sprintf("%s and %s gave the same label to %d of %d tasks where independent work gives %d: %s standard deviations more, at most %s is chance",
			f.Worker, f.Peer, f.Count, f.Of, f.Expect, decimal(f.Value), decimal(f.Limit))
	case KindRing:
		return fmt.Sprintf("%s is one of %d workers, from %s on, whose answers are joined by such pairs", f.Worker, f.Value, f.Peer)
	default:
		return fmt.Sprintf("%s: %s is %d, the limit %d", f.Worker, f.Kind, f.Value, f.Limit)
	}
}

// seconds writes milliseconds as "1.5 s".
func seconds(millis int64) string {
	return fmt.Sprintf("%d.%d s", millis/1000, millis%1000/100)
}

// decimal writes ppm as a number of two digits behind the point, cut off.
func decimal(ppm int64) string {
	sign := ""
	if ppm < 0 {
		sign, ppm = "-", -ppm
	}
	return fmt.Sprintf("%s%d.%02d", sign, ppm/int64(num.One), ppm%int64(num.One)/10_000)
}
