package watch

import (
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/quality/label"
	"github.com/alaya-network/alaya/core/quality/strict"
)

// spamLimit is the share of spam from which a worker is reported.
const spamLimit = num.One / 2

// Spam reports workers most of whose answers MACE takes for spam, with the
// label that their spam favours; spam is what its Detect says of t's workers.
// Those with fewer than twenty answers are passed over.
func Spam(t *label.Table, spam []label.Spam) []Finding {
	var findings []Finding
	for j, s := range spam {
		share := strict.Ppm(s.Share)
		if s.Answers < 2*minAnswers || share <= spamLimit {
			continue
		}
		favourite := 0
		for l, p := range s.Labels {
			if p > s.Labels[favourite] {
				favourite = l
			}
		}
		findings = append(findings, Finding{
			Worker: t.Workers[j], Kind: KindSpam, Value: int64(share), Limit: int64(spamLimit),
			Label: t.Labels[favourite], Of: int64(s.Answers),
		})
	}
	return findings
}
