package indextest

import (
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	marketv1 "github.com/alaya-network/alaya/gen/alaya/market/v1"
	qualityv1 "github.com/alaya-network/alaya/gen/alaya/quality/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"

	"github.com/alaya-network/alaya/core/id"
)

// campaign is a request on its way.
type campaign struct {
	w    *World
	r    *marketv1.Request
	crew []string
	step int
	idle bool // nobody bids
}

func (w *World) begin() *campaign {
	n := w.begun
	w.begun++
	key := binary.BigEndian.AppendUint64(binary.BigEndian.AppendUint64(nil, w.config.Seed), uint64(n))
	sum := id.Sum("alaya/indextest/request", key)
	c := &campaign{w: w, r: w.post(hex.EncodeToString(sum[:8]), n)}
	c.idle = w.config.Every > 1 && n%w.config.Every != 0
	first := w.rng.IntN(len(w.people))
	for i := range w.config.Crew {
		c.crew = append(c.crew, w.people[(first+i)%len(w.people)])
	}
	return c
}

// vocabulary are words of titles, the common ones first.
var vocabulary = strings.Fields(`label images reviews audio traffic medical german arabic street sentiment speech
	invoice satellite crop tumour parcel legal dialogue lidar pedestrian wheat cough poem enzyme glacier harbour`)

func (w *World) word() string {
	n := w.rng.IntN(len(vocabulary))
	return vocabulary[w.rng.IntN(n+1)] // the first ones are the common ones
}

func (w *World) post(request string, n int) *marketv1.Request {
	root := id.Sum("alaya/indextest/root", []byte(request))
	pages := make([]uint32, max(1, w.config.Pages))
	for i := range pages {
		pages[i] = 50
	}
	skill := w.word()
	terms := marketv1.RequestTerms{
		Kind: marketv1.RequestKind_REQUEST_KIND_LABEL, Title: fmt.Sprintf("%s %s %s no%d", w.word(), w.word(), skill, n),
		Summary: fmt.Sprintf("Please say what you see: %s, %s and %s.", w.word(), w.word(), w.word()), Tags: []string{skill, w.word()},
		Spec:       string(id.RawCID([]byte("spec" + request))),
		Manifest:   marketv1.Manifest{Cid: string(id.RawCID([]byte("items" + request))), Root: root[:], Count: uint64(50 * len(pages)), Pages: pages},
		Redundancy: marketv1.Redundancy{Min: 3, Max: 9, Step: 2, Target: 990_000},
		Clause:     marketv1.Clause{Metric: "accuracy", Threshold: 900_000, Confidence: 950_000, MinEvidence: 20},
		Method:     "fds", MethodVersion: 1, PriceCap: int64(1000 + w.rng.IntN(100_000)), Budget: 1_000_000_000,
		BidDeadline: w.now() + int64(w.rng.IntN(1_000_000_000)), DeliveryDeadline: w.now() + 2_000_000_000,
		Windows: marketv1.Windows{Accept: 1, Lease: 3_600_000, Commit: 1, Reveal: 1, Gold: 1, Review: 1, Contest: 86_400_000},
		Stake:   1000, Deposit: 10, Matching: marketv1.Matching_MATCHING_MANUAL, Licence: "CC-BY-4.0", Policy: "any use",
		Qualification: marketv1.Qualification{Languages: []string{[]string{"en", "de", "ar"}[w.rng.IntN(3)]}},
	}
	return &marketv1.Request{
		Id: request, Requester: w.people[w.rng.IntN(len(w.people))], Terms: terms, State: marketv1.RequestState_REQUEST_STATE_OPEN, Posted: w.now(),
		Guidelines: []marketv1.Guideline{{Version: 1, Spec: terms.Spec, Since: w.now()}}, FeeBps: 200, TermsHash: root[:],
	}
}

// next does the campaign's next step and says whether more follow.
func (c *campaign) next(b *builder) bool {
	steps := []func(*builder){c.posted, c.bid, c.awarded, c.working, c.leased, c.committed, c.revealed, c.judged, c.settled, c.released, c.closed}
	steps[c.step](b)
	c.step++
	return c.step < len(steps) && !c.idle
}

func (c *campaign) key(who string) string { return c.r.Id + "/" + who }

func (c *campaign) emit(b *builder, who, stage, verb, action string, pairs ...string) {
	tx := b.tx(who, stage, verb, `{"request":"`+c.r.Id+`"}`)
	b.event(tx, stage, action, append([]string{"request", c.r.Id, "party", who}, pairs...)...)
}

func (c *campaign) posted(b *builder) {
	c.w.requests[c.r.Id] = c.r
	c.emit(b, c.r.Requester, "market", "post_request", "posted")
}

func (c *campaign) bid(b *builder) {
	for _, who := range c.crew {
		c.w.bids[c.key(who)] = &marketv1.Bid{
			Request: c.r.Id, Bidder: who, Price: c.r.Terms.PriceCap, Units: 500, Deposit: 10, State: marketv1.BidState_BID_STATE_OPEN, Placed: c.w.now(),
		}
		c.r.Bids++
		c.emit(b, who, "market", "place_bid", "bid")
	}
}

func (c *campaign) awarded(b *builder) {
	c.r.State = marketv1.RequestState_REQUEST_STATE_MATCHED
	for _, who := range c.crew {
		hash := id.Sum("alaya/indextest/terms", []byte(c.key(who)))
		c.w.bids[c.key(who)].State = marketv1.BidState_BID_STATE_AWARDED
		c.w.engagements[c.key(who)] = &marketv1.Engagement{
			Request: c.r.Id, Contributor: who, Price: c.r.Terms.PriceCap, Units: 500, Stake: 1000, TermsHash: hash[:],
			State: marketv1.EngagementState_ENGAGEMENT_STATE_ACTIVE, Offered: c.w.now(), AcceptBy: c.w.now() + 1000, Guideline: 1,
		}
		c.r.Active++
		c.emit(b, who, "market", "accept_engagement", "accepted")
	}
	c.r.Bids = 0
}

func (c *campaign) working(b *builder) {
	c.r.State = marketv1.RequestState_REQUEST_STATE_WORKING
	c.w.rounds[c.r.Id] = &workv1.Round{
		Request: c.r.Id, Number: 1, State: workv1.RoundState_ROUND_STATE_COMMITTING, Manifest: c.r.Terms.Manifest.Cid, Root: c.r.Terms.Manifest.Root,
		Pages: uint32(len(c.r.Terms.Manifest.Pages)), Laid: uint32(len(c.r.Terms.Manifest.Pages)), Target: uint32(len(c.crew)),
		Seed: c.r.TermsHash, Deadline: c.w.now() + 100_000,
	}
	b.event("", "market", "working", "request", c.r.Id)
	b.event("", "work", "round", "request", c.r.Id, "round", "1", "state", "committing")
}

func (c *campaign) pages() string {
	var list []string
	for i := range c.r.Terms.Manifest.Pages {
		list = append(list, strconv.Itoa(i))
	}
	return strings.Join(list, ",")
}

func (c *campaign) leased(b *builder) {
	for _, who := range c.crew {
		c.emit(b, who, "work", "lease_pages", "leased", "round", "1", "pages", c.pages())
	}
}

// each does something of every contributor with every page.
func (c *campaign) each(b *builder, verb, action string, pairs ...string) {
	for _, who := range c.crew {
		for i := range c.r.Terms.Manifest.Pages {
			c.emit(b, who, "work", verb, action, append([]string{"round", "1", "page", strconv.Itoa(i)}, pairs...)...)
		}
	}
}

func (c *campaign) committed(b *builder) {
	c.w.rounds[c.r.Id].Committed = uint32(len(c.crew) * len(c.r.Terms.Manifest.Pages))
	c.each(b, "commit_page", "committed")
}

func (c *campaign) revealed(b *builder) {
	round := c.w.rounds[c.r.Id]
	round.State, round.Revealed = workv1.RoundState_ROUND_STATE_JUDGING, round.Committed
	c.w.answers[c.r.Id] = uint64(round.Revealed) * 50
	c.each(b, "reveal_page", "revealed", "content", string(id.RawCID([]byte(c.r.Id))))
	c.w.jobs[c.r.Id] = &qualityv1.Job{
		Request: c.r.Id, Round: 1, Attempt: 1, Inputs: c.r.TermsHash, Submissions: uint64(round.Revealed), Deadline: c.w.now() + 1000,
		State: qualityv1.JobState_JOB_STATE_OPEN, TotalPower: 100,
	}
	b.event("", "quality", "open", "request", c.r.Id, "round", "1", "attempt", "1")
}

func (c *campaign) judged(b *builder) {
	root := id.Sum("alaya/indextest/records", []byte(c.r.Id))
	job := c.w.jobs[c.r.Id]
	job.State, job.Digest, job.Power, job.Votes = qualityv1.JobState_JOB_STATE_DONE, root[:], 100, 4
	items := c.r.Terms.Manifest.Count
	c.w.verdicts[c.r.Id] = &qualityv1.Verdict{
		Request: c.r.Id, Round: 1, Inputs: c.r.TermsHash, Final: true, Items: items, Accepted: items - 1, Delivered: 1,
		Records: string(id.RawCID(root[:])), RecordsRoot: root[:], RecordsCount: items, Report: string(id.RawCID([]byte("report"))),
		Label:       string(id.RawCID([]byte("label"))),
		Measure:     qualityv1.Measure{Evidence: "gold", Items: 40, Estimate: 960_000, LowerBound: 910_000, Holds: true},
		PayoutsRoot: root[:], Payouts: uint32(len(c.crew)), PayoutsTotal: 1000 * int64(len(c.crew)), PayoutsContent: string(id.RawCID([]byte("pay"))), Due: 1_000_000,
	}
	c.w.rounds[c.r.Id].State = workv1.RoundState_ROUND_STATE_CLOSED
	c.r.State = marketv1.RequestState_REQUEST_STATE_SETTLING
	b.event("", "quality", "done", "request", c.r.Id, "round", "1", "attempt", "1", "digest", hex.EncodeToString(root[:]))
	b.event("", "market", "settling", "request", c.r.Id)
}

func (c *campaign) settled(b *builder) {
	root := c.w.verdicts[c.r.Id].PayoutsRoot
	total := 1000 * int64(len(c.crew))
	c.w.settlements[c.r.Id] = &settlev1.Settlement{
		Request: c.r.Id, Round: 1, State: settlev1.SettlementState_SETTLEMENT_STATE_REVIEW, PayoutsRoot: root, Payouts: uint32(len(c.crew)),
		Posted: uint32(len(c.crew)), Total: total, PostedTotal: total, FeeBps: 200, Open: uint32(len(c.crew)), ReleaseAt: c.w.now() + 1,
		Chunks: []uint32{0}, Holds: true, Due: 1_000_000,
	}
	for _, who := range c.crew {
		c.w.right[who] += 45_000_000
		c.w.payouts[c.r.Id] = append(c.w.payouts[c.r.Id], settlev1.Payout{Request: c.r.Id, State: settlev1.PayoutState_PAYOUT_STATE_PENDING, Entry: settlev1.Entry{
			Contributor: who, Answers: 50, Right: 45_000_000, Wrong: 5_000_000, Skill: 900_000, Factor: 1_000_000, Amount: 1000,
		}})
	}
	b.event("", "settle", "posted", "request", c.r.Id, "milestone", "0", "chunk", "0", "payouts", strconv.Itoa(len(c.crew)))
}

func (c *campaign) released(b *builder) {
	c.w.settlements[c.r.Id].Open = 0
	for i := range c.w.payouts[c.r.Id] {
		p := &c.w.payouts[c.r.Id][i]
		p.State = settlev1.PayoutState_PAYOUT_STATE_RELEASED
		c.w.settled[p.Entry.Contributor] += p.Entry.Amount
		b.event("", "settle", "released", "request", c.r.Id, "milestone", "0", "party", p.Entry.Contributor, "amount", "1000ualy")
	}
}

func (c *campaign) closed(b *builder) {
	c.r.State, c.r.Active = marketv1.RequestState_REQUEST_STATE_CLOSED, 0
	c.w.settlements[c.r.Id].State = settlev1.SettlementState_SETTLEMENT_STATE_DONE
	for _, who := range c.crew {
		c.w.engagements[c.key(who)].State = marketv1.EngagementState_ENGAGEMENT_STATE_COMPLETED
		b.event("", "market", "completed", "request", c.r.Id, "party", who)
	}
	b.event("", "settle", "done", "request", c.r.Id, "milestone", "0")
	b.event("", "market", "closed", "request", c.r.Id, "party", c.r.Requester)
}
