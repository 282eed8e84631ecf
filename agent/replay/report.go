package replay

import (
	"context"
	"slices"
	"time"

	datasetv1 "github.com/alaya-network/alaya/gen/alaya/dataset/v1"
	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	settlev1 "github.com/alaya-network/alaya/gen/alaya/settle/v1"

	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/escrow"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/oracle"
	"github.com/alaya-network/alaya/core/work"
	"github.com/alaya-network/alaya/wire"
)

// Report says what a run came to. Amounts are in ualy, ratios from 0 to 1.
type Report struct {
	Items            int           `json:"items"`
	Contributors     int           `json:"contributors"`
	AnswersAvailable uint64        `json:"answers_available"`
	AnswersBought    uint64        `json:"answers_bought"`
	Rounds           uint32        `json:"rounds"`
	Accepted         uint64        `json:"accepted"`
	Contested        uint64        `json:"contested"`
	Delivered        uint64        `json:"delivered"`
	Accuracy         *float64      `json:"accuracy"` // on gold that was not used; null without any
	AccuracyItems    int           `json:"accuracy_items"`
	GoldUsed         int           `json:"gold_used"`
	Clause           ClauseReport  `json:"clause"`
	Money            MoneyReport   `json:"money"`
	Dataset          DatasetReport `json:"dataset"`
	Chain            ChainReport   `json:"chain"`
	Payouts          []PayoutLine  `json:"payouts"`
	Seconds          float64       `json:"seconds"`
}

// ClauseReport is the acceptance clause and what was measured.
type ClauseReport struct {
	Metric     string  `json:"metric"`
	Evidence   string  `json:"evidence"`
	Threshold  float64 `json:"threshold"`
	LowerBound float64 `json:"lower_bound"`
	Holds      bool    `json:"holds"`
}

// MoneyReport is where the requester's money went. Slashed came from stakes.
type MoneyReport struct {
	Escrowed num.Amount `json:"escrowed"`
	Paid     num.Amount `json:"paid"`
	Fees     num.Amount `json:"fees"`
	Refunded num.Amount `json:"refunded"`
	Slashed  num.Amount `json:"slashed"`
	Balanced bool       `json:"balanced"`
}

// DatasetReport is the dataset that was made.
type DatasetReport struct {
	ID          string `json:"id"`
	Records     uint64 `json:"records"`
	RecordsRoot string `json:"records_root"`
	Verified    bool   `json:"verified"`
}

// ChainReport is what the chain did meanwhile.
type ChainReport struct {
	Height    int64   `json:"height"`
	Txs       int64   `json:"txs"`
	TxsPerS   float64 `json:"txs_per_s"`
	LatencyMs struct {
		P50 int64 `json:"p50"`
		P95 int64 `json:"p95"`
	} `json:"latency_ms"`
}

// PayoutLine is what one contributor got.
type PayoutLine struct {
	Name    string     `json:"name"`
	Answers uint64     `json:"answers"`
	Skill   float64    `json:"skill"`
	Factor  float64    `json:"factor"`
	Paid    num.Amount `json:"paid"`
}

// Before is what a report compares with: taken before Begin, and kept by who
// may have to Continue.
type Before struct {
	At     time.Time
	Height int64
	// Requester is what his wallet held.
	Requester num.Amount
}

// Start notes time, height and the requester's money.
func (s Stage) Start(ctx context.Context) (Before, error) {
	money, err := s.Client.Balance(ctx, s.Requester.Address())
	return Before{At: time.Now(), Height: int64(s.Client.Height()), Requester: money}, err
}

// Report sums up a run that is over. truth is gold that was not used, by item.
func (c *Cast) Report(ctx context.Context, before Before, truth map[string]string) (Report, error) {
	r := Report{Contributors: c.Crowd.Size(), AnswersAvailable: c.available(), GoldUsed: len(c.Gold), Seconds: time.Since(before.At).Seconds()}
	for _, step := range []func(context.Context, *Report) error{
		c.reportVerdict, c.reportMoney(before),
		func(ctx context.Context, r *Report) error { return c.reportDataset(ctx, r, truth) },
		func(ctx context.Context, r *Report) error { return c.reportChain(ctx, r, before) },
	} {
		if err := step(ctx, &r); err != nil {
			return r, err
		}
	}
	return r, nil
}

func (c *Cast) reportVerdict(ctx context.Context, r *Report) error {
	verdicts, err := c.Client.Verdicts(ctx, c.Request)
	if err != nil {
		return err
	}
	if len(verdicts) == 0 {
		return fault.NotFound("replay: request %s has no verdict", c.Request)
	}
	v := slices.MaxFunc(verdicts, func(a, b oracle.Verdict) int { return int(a.Round) - int(b.Round) })
	request, err := c.Client.Request(ctx, c.Request)
	if err != nil {
		return err
	}
	clause := request.Terms.Clause
	r.Items, r.Rounds = int(v.Items), v.Round
	r.Accepted, r.Contested, r.Delivered = v.Accepted, v.Contested, v.Delivered
	r.Clause = ClauseReport{Metric: clause.Metric, Evidence: v.Measure.Evidence, Threshold: share(clause.Threshold), LowerBound: share(v.Measure.LowerBound), Holds: v.Measure.Holds}
	for n := range v.Round {
		all, err := c.Client.Submissions(ctx, c.Request, n+1)
		if err != nil {
			return err
		}
		for _, s := range all {
			if s.State == work.SubmissionRevealed {
				r.AnswersBought += uint64(s.Items)
			}
		}
	}
	return nil
}

func share(p num.Ppm) float64 { return float64(p) / float64(num.One) }

// reportMoney compares wallets and escrow with what the chain says it did.
func (c *Cast) reportMoney(before Before) func(context.Context, *Report) error {
	return func(ctx context.Context, r *Report) error {
		request, err := c.Client.Request(ctx, c.Request)
		if err != nil {
			return err
		}
		fee, err := request.Fee.Of(request.Terms.Budget, num.Up)
		if err != nil {
			return err
		}
		r.Money.Escrowed = request.Terms.Budget + fee
		inWallets, err := c.sumPayouts(ctx, r, request.Fee)
		if err != nil {
			return err
		}
		now, err := c.Client.Balance(ctx, c.Requester.Address())
		if err != nil {
			return err
		}
		need, err := num.Sum(request.Terms.Stake, request.Terms.Deposit, 1)
		if err != nil {
			return err
		}
		given := need * num.Amount(len(c.workers))
		r.Money.Refunded = now - (before.Requester - r.Money.Escrowed - given)
		held, err := c.heldFor(ctx)
		if err != nil {
			return err
		}
		r.Money.Balanced = r.Money.Escrowed+c.slashedToBudget(r) == r.Money.Paid+r.Money.Fees+r.Money.Refunded && inWallets && held
		return nil
	}
}

// slashedToBudget is what slashing gave the requester: what came back beyond
// what he put in and did not spend. It never exceeds what was slashed.
func (c *Cast) slashedToBudget(r *Report) num.Amount {
	more := r.Money.Paid + r.Money.Fees + r.Money.Refunded - r.Money.Escrowed
	return max(0, min(more, r.Money.Slashed))
}

// sumPayouts adds up pay, fees and slashes, and says whether every
// contributor's wallet shows exactly his.
func (c *Cast) sumPayouts(ctx context.Context, r *Report, fee num.Bps) (bool, error) {
	request, err := c.Client.Request(ctx, c.Request)
	if err != nil {
		return false, err
	}
	inWallets := true
	for i, w := range c.workers {
		who := w.Account.Address()
		earned, err := c.Client.Settle().Earnings(ctx, &settlev1.QueryEarningsRequest{Contributor: string(who)})
		if err != nil {
			return false, err
		}
		line := PayoutLine{Name: c.Crowd.Name(i)}
		for i := range earned.Payouts {
			if err := r.add(&line, &earned.Payouts[i], c.Request, fee); err != nil {
				return false, err
			}
		}
		if line.Answers > 0 {
			r.Payouts = append(r.Payouts, line)
		}
		r.Money.Paid += line.Paid
		stake, slashed, err := c.stakeOf(ctx, who)
		if err != nil {
			return false, err
		}
		r.Money.Slashed += slashed
		has, err := c.Client.Balance(ctx, who)
		if err != nil {
			return false, err
		}
		inWallets = inWallets && has+stake+slashed == request.Terms.Stake+request.Terms.Deposit+1+line.Paid
	}
	return inWallets, nil
}

// add counts a payout of the request in a contributor's line.
func (r *Report) add(line *PayoutLine, payout *settlev1.Payout, request id.RequestID, fee num.Bps) error {
	p, err := wire.PayoutFromProto(payout)
	if err != nil || p.Request != request {
		return err
	}
	cost, err := fee.Of(p.Amount, num.Down)
	if err != nil {
		return err
	}
	line.Answers += p.Answers
	line.Skill, line.Factor = share(p.Skill), share(p.Factor)
	line.Paid += p.Amount
	r.Money.Fees += cost
	return nil
}

// stakeOf is what of a contributor's stake is still held, and what was slashed.
func (c *Cast) stakeOf(ctx context.Context, who id.Address) (held, slashed num.Amount, err error) {
	res, err := c.Client.Party().Stakes(ctx, &partyv1.QueryStakesRequest{Address: string(who)})
	if err != nil {
		return 0, 0, err
	}
	for i := range res.Stakes {
		s, err := wire.StakeFromProto(&res.Stakes[i])
		if err != nil {
			return 0, 0, err
		}
		if s.Request == c.Request {
			held, slashed = held+s.Held(), slashed+s.Slashed
		}
	}
	return held, slashed, nil
}

// heldFor says whether escrow holds nothing for the request but stakes.
func (c *Cast) heldFor(ctx context.Context) (bool, error) {
	res, err := c.Client.Settle().Balances(ctx, &settlev1.QueryBalancesRequest{Request: string(c.Request)})
	if err != nil {
		return false, err
	}
	for _, b := range res.Balances {
		account := escrow.Account(b.Account)
		for _, name := range []escrow.Account{escrow.Budget(c.Request), escrow.Fees(c.Request), escrow.Pending(c.Request)} {
			if account == name && b.Amount != 0 {
				return false, nil
			}
		}
	}
	return true, nil
}

func (c *Cast) reportDataset(ctx context.Context, r *Report, truth map[string]string) error {
	res, err := c.Client.Dataset().Dataset(ctx, &datasetv1.QueryDatasetRequest{Id: string(dataset.IDOf(c.Request))})
	if err != nil {
		return err
	}
	d, err := wire.DatasetFromProto(&res.Dataset)
	if err != nil {
		return err
	}
	r.Dataset = DatasetReport{ID: string(d.ID), Records: d.Records, RecordsRoot: d.RecordsRoot.String()}
	text, err := c.Blobs.GetBytes(ctx, d.Content, 1<<30)
	if err != nil {
		return err
	}
	lines, err := work.Lines(text)
	if err != nil {
		return err
	}
	right, seen := 0, 0
	for _, l := range lines {
		record, err := dataset.ParseRecord(l)
		if err != nil {
			return err
		}
		if label, known := truth[record.Item]; known {
			seen++
			if label == record.Label {
				right++
			}
		}
	}
	r.AccuracyItems = seen
	if seen > 0 {
		accuracy := float64(right) / float64(seen)
		r.Accuracy = &accuracy
	}
	return nil
}

func (c *Cast) reportChain(ctx context.Context, r *Report, before Before) error {
	r.Chain.Height = int64(c.Client.Height())
	const most = 20 // headers a node gives at once
	for from := before.Height + 1; from <= r.Chain.Height; from += most {
		info, err := c.Client.RPC().BlockchainInfo(ctx, from, min(from+most-1, r.Chain.Height))
		if err != nil {
			return err
		}
		for _, m := range info.BlockMetas {
			r.Chain.Txs += int64(max(0, m.NumTxs-1)) // the first is the head with the votes
		}
	}
	r.Chain.TxsPerS = float64(r.Chain.Txs) / r.Seconds
	times := c.Latencies()
	slices.Sort(times)
	if n := len(times); n > 0 {
		r.Chain.LatencyMs.P50 = times[n/2].Milliseconds()
		r.Chain.LatencyMs.P95 = times[n*95/100].Milliseconds()
	}
	return nil
}
