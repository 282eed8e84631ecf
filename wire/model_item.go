package wire

import (
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/model"
	"github.com/alaya-network/alaya/core/model/deposit"
	"github.com/alaya-network/alaya/core/model/learn"
	"github.com/alaya-network/alaya/core/model/points"
	modelv1 "github.com/alaya-network/alaya/gen/alaya/model/v1"
)

// InputToProto writes an input.
func InputToProto(x learn.Input) modelv1.Input {
	return modelv1.Input{Indices: x.Indices, Values: x.Values}
}

// InputFromProto reads an input; its Validate has the bounds.
func InputFromProto(p *modelv1.Input) learn.Input {
	x := learn.Input{}
	if len(p.GetIndices()) > 0 {
		x.Indices = p.Indices
	}
	if len(p.GetValues()) > 0 {
		x.Values = p.Values
	}
	return x
}

// ModelOfferToProto writes a labelled item.
func ModelOfferToProto(o model.Offer) modelv1.Offer {
	return modelv1.Offer{Input: InputToProto(o.Input), Label: o.Label, Content: string(o.Content), Licence: o.Licence, Consent: o.Consent}
}

// ModelOfferFromProto reads a labelled item; its Validate has the bounds.
func ModelOfferFromProto(p *modelv1.Offer) (model.Offer, error) {
	var r reader
	input := p.GetInput()
	o := model.Offer{
		Input: InputFromProto(&input), Label: p.GetLabel(), Content: r.cidOrNone("content", p.GetContent()),
		Licence: p.GetLicence(), Consent: p.GetConsent(),
	}
	return o, r.done("offer")
}

// ContributionToProto writes a contribution.
func ContributionToProto(c model.Contribution) *modelv1.Contribution {
	return &modelv1.Contribution{
		Model: string(c.Model), Number: c.Number, Author: string(c.Author), Commitment: hashBytes(c.Commitment), Offer: ModelOfferToProto(c.Offer),
		Height: int64(c.Height), At: int64(c.At), Deadline: int64(c.Deadline), Deposit: int64(c.Deposit), Reports: c.Reports,
		CopyOf: c.CopyOf, Entry: c.Entry, Class: c.Class, Margin: c.Margin, State: modelv1.ContributionState(c.State),
		Previous: c.Previous,
	}
}

// ContributionFromProto reads a contribution.
func ContributionFromProto(p *modelv1.Contribution) (model.Contribution, error) {
	var r reader
	offer := p.GetOffer()
	o, err := ModelOfferFromProto(&offer)
	r.note("offer", err)
	c := model.Contribution{
		Model: r.model("model", p.GetModel()), Number: p.GetNumber(), Author: r.address("author", p.GetAuthor()),
		Commitment: r.hashOrNone("commitment", p.GetCommitment()), Offer: o, Height: id.Height(p.GetHeight()), At: id.Time(p.GetAt()),
		Deadline: id.Time(p.GetDeadline()), Deposit: r.amount("deposit", p.GetDeposit()), Reports: p.GetReports(), CopyOf: p.GetCopyOf(),
		Entry: p.GetEntry(), Class: p.GetClass(), Margin: p.GetMargin(),
		State: model.ContributionState(r.enum("state", int32(p.GetState()), int32(model.Withdrawn))), Previous: p.GetPrevious(),
	}
	return c, r.done("contribution")
}

// ContributorToProto writes what a model knows of an address.
func ContributorToProto(w model.Contributor) *modelv1.Contributor {
	return &modelv1.Contributor{
		Model: string(w.Model), Address: string(w.Address), Given: w.Given, Open: w.Open, Confirmed: w.Confirmed, Neutral: w.Neutral,
		Rejected: w.Rejected, Lapsed: w.Lapsed, Withdrawn: w.Withdrawn, Votes: w.Votes, Right: w.Right, Badges: uint32(w.Badges),
		Mark: int64(w.Mark), Claimed: int64(w.Claimed),
		Last: w.Last,
	}
}

// ContributorFromProto reads what a model knows of an address.
func ContributorFromProto(p *modelv1.Contributor) (model.Contributor, error) {
	var r reader
	w := model.Contributor{
		Model: r.model("model", p.GetModel()), Address: r.address("address", p.GetAddress()), Given: p.GetGiven(), Open: p.GetOpen(),
		Confirmed: p.GetConfirmed(), Neutral: p.GetNeutral(), Rejected: p.GetRejected(), Lapsed: p.GetLapsed(), Withdrawn: p.GetWithdrawn(),
		Votes: p.GetVotes(), Right: p.GetRight(), Badges: model.Badges(p.GetBadges()),
		Mark: r.amount("mark", p.GetMark()), Claimed: r.amount("claimed", p.GetClaimed()), Last: p.GetLast(),
	}
	return w, r.done("contributor")
}

// PriceToProto writes the price of a deposit.
func PriceToProto(v deposit.Price) *modelv1.Price {
	return &modelv1.Price{Model: string(v.Model), Amount: int64(v.Amount), Items: v.Items, Since: int64(v.Since)}
}

// PriceFromProto reads the price of a deposit.
func PriceFromProto(p *modelv1.Price) (deposit.Price, error) {
	var r reader
	v := deposit.Price{
		Model: r.model("model", p.GetModel()), Amount: r.amount("amount", p.GetAmount()), Items: p.GetItems(), Since: id.Time(p.GetSince()),
	}
	return v, r.done("price")
}

// PurseToProto writes what a model holds for others.
func PurseToProto(v deposit.Purse) *modelv1.Purse {
	return &modelv1.Purse{
		Model: string(v.Model), Open: int64(v.Open), Owed: int64(v.Owed), Credits: v.Credits, PerCredit: int64(v.PerCredit), Pooled: int64(v.Pooled),
	}
}

// PurseFromProto reads what a model holds for others.
func PurseFromProto(p *modelv1.Purse) (deposit.Purse, error) {
	var r reader
	v := deposit.Purse{
		Model: r.model("model", p.GetModel()), Open: r.amount("open", p.GetOpen()), Owed: r.amount("owed", p.GetOwed()), Credits: p.GetCredits(),
		PerCredit: r.amount("per_credit", p.GetPerCredit()), Pooled: r.amount("pooled", p.GetPooled()),
	}
	return v, r.done("purse")
}

// ReportToProto writes a report.
func ReportToProto(v deposit.Report) *modelv1.Report {
	return &modelv1.Report{Model: string(v.Model), Number: v.Number, Reporter: string(v.Reporter), Bond: int64(v.Bond), Credit: v.Credit}
}

// ReportFromProto reads a report.
func ReportFromProto(p *modelv1.Report) (deposit.Report, error) {
	var r reader
	v := deposit.Report{
		Model: r.model("model", p.GetModel()), Number: p.GetNumber(), Reporter: r.address("reporter", p.GetReporter()),
		Bond: r.amount("bond", p.GetBond()), Credit: p.GetCredit(),
	}
	return v, r.done("report")
}

// BallotToProto writes the votes on an item.
func BallotToProto(b points.Ballot) *modelv1.Ballot {
	p := &modelv1.Ballot{Model: string(b.Model), Number: b.Number}
	for _, v := range b.Votes {
		p.Votes = append(p.Votes, modelv1.Vote{Voter: string(v.Voter), Verdict: modelv1.Verdict(v.Verdict)})
	}
	return p
}

// BallotFromProto reads the votes on an item.
func BallotFromProto(p *modelv1.Ballot) (points.Ballot, error) {
	var r reader
	b := points.Ballot{Model: r.model("model", p.GetModel()), Number: p.GetNumber()}
	for _, v := range p.GetVotes() {
		verdict := model.Verdict(r.enum("verdict", int32(v.Verdict), int32(model.Disagrees)))
		b.Votes = append(b.Votes, points.Vote{Voter: r.address("voter", v.Voter), Verdict: verdict})
	}
	return b, r.done("ballot")
}

// ItemToProto writes an item of a holdout or test set.
func ItemToProto(t model.Item) modelv1.Item {
	return modelv1.Item{Input: InputToProto(t.Input), Label: t.Label, Salt: t.Salt}
}

// ItemFromProto reads an item of a holdout or test set; its Check has the
// bounds.
func ItemFromProto(p *modelv1.Item) model.Item {
	input := p.GetInput()
	t := model.Item{Input: InputFromProto(&input), Label: p.GetLabel()}
	if len(p.GetSalt()) > 0 {
		t.Salt = p.Salt
	}
	return t
}
