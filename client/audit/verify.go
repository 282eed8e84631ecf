package audit

import (
	"bytes"
	"cmp"
	"fmt"
	"io/fs"
	"os"
	"slices"

	"github.com/alaya-network/alaya/client"
	"github.com/alaya-network/alaya/client/delivery"
	"github.com/alaya-network/alaya/core/dataset"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/num"
	"github.com/alaya-network/alaya/core/settle"
	"github.com/alaya-network/alaya/core/work"
)

// Options say what a verification may lean on.
type Options struct {
	// Key made the pseudonyms; nil: votes are compared up to renaming.
	Key []byte
	// Trust is the set of validators that must have signed; nil: the one in the
	// folder, which proves only that the folder agrees with itself.
	Trust *Trust
	// Tell is told how many of all checks are done; nil: nobody wants to know.
	Tell func(done, all int)
}

// Verify checks a delivered folder, in order, until a check fails; the error is
// that check's and names file, value and place.
func Verify(dir string, o Options) (Report, error) {
	v := verifier{dir: dir, folder: os.DirFS(dir), Options: o}
	checks := v.checks()
	if v.taught() {
		checks = v.lessonChecks()
	}
	for i, c := range checks {
		detail, err := c.run()
		v.report.add(c.name, detail, err)
		if err != nil {
			return v.report, err
		}
		if o.Tell != nil {
			o.Tell(i+1, len(checks))
		}
	}
	v.report.OK = true
	return v.report, nil
}

// verifier is one verification under way.
type verifier struct {
	Options
	dir    string
	folder fs.FS
	bundle *Bundle
	report Report
	votes  []delivery.Vote
	paid   map[uint32][]settle.Entry // by round
}

type check struct {
	name string
	run  func() (string, error)
}

func (v *verifier) checks() []check {
	return []check{
		{"files", v.files}, {"bundle", v.load}, {"records", v.records}, {"votes", v.checkVotes}, {"dataset", v.dataset},
		{"header", v.header}, {"proofs", v.proofs}, {"verdicts", v.verdicts}, {"payouts", v.payouts}, {"documents", v.documents},
	}
}

// files holds every file against SHA256SUMS.
func (v *verifier) files() (string, error) {
	if err := inspect(v.folder); err != nil {
		return "", err
	}
	if err := delivery.Check(v.dir); err != nil {
		return "", err
	}
	text, err := readFile(v.folder, delivery.SumsFile)
	if err != nil {
		return "", err
	}
	sums, err := delivery.ParseSums(text)
	return fmt.Sprintf("%d files have the SHA-256 that %s gives", len(sums), delivery.SumsFile), err
}

// load reads the bundle: every paper has its content id, and the submissions
// the hash that the jobs name.
func (v *verifier) load() (string, error) {
	var err error
	if v.bundle, err = Load(v.folder); err != nil {
		return "", err
	}
	b := v.bundle
	v.report.Chain, v.report.Height = b.Chain(), b.Header.Signed.Height
	v.report.Dataset, v.report.Version = b.Dataset.ID, b.Dataset.Version
	return fmt.Sprintf("%d blobs have their content ids, %d submissions their hash %s", len(b.Blobs), len(b.Submissions), b.Jobs[len(b.Jobs)-1].Inputs), nil
}

// records holds the table of records against the lines.
func (v *verifier) records() (string, error) {
	text := v.bundle.Blobs[v.bundle.Dataset.Content]
	lines, err := work.Lines(text)
	if err != nil {
		return "", fault.Invalid("audit: %s: %w", delivery.RecordsFile, err)
	}
	records := make([]dataset.Record, len(lines))
	for i, line := range lines {
		if records[i], err = dataset.ParseRecord(line); err != nil {
			return "", fault.Invalid("audit: %s line %d: %w", delivery.RecordsFile, i+1, err)
		}
	}
	return fmt.Sprintf("%d in %s and %s", len(records), delivery.RecordsFile, delivery.FinalFile), checkFinal(v.folder, records)
}

// checkVotes holds the table of votes against the submissions.
func (v *verifier) checkVotes() (string, error) {
	ballots, err := v.bundle.ballots()
	if err != nil {
		return "", err
	}
	votes, err := readVotes(v.folder, len(ballots))
	if err != nil {
		return "", err
	}
	how, names := "by name", v.bundle.keyed(v.Key)
	if v.Key == nil {
		how = "up to renaming"
		if names, err = match(ballots, votes); err != nil {
			return "", err
		}
	}
	v.votes = names.votes(ballots)
	for i, want := range v.votes {
		if votes[i] != want {
			return "", fault.Invalid("audit: %s row %d: %+v, the submissions say %+v", delivery.VotesFile, i+1, votes[i], want)
		}
	}
	return fmt.Sprintf("%d in %s are those of %d contributors, %s", len(votes), delivery.VotesFile, len(v.bundle.Engagements), how), nil
}

// dataset holds the lines against the version's root.
func (v *verifier) dataset() (string, error) {
	d := v.bundle.Dataset
	root, count, err := work.Root(v.bundle.Blobs[d.Content])
	if err != nil {
		return "", err
	}
	if root != d.RecordsRoot || count != d.Records {
		return "", fault.Invalid("audit: %s: %d lines with root %s, version %d of dataset %s says %d with %s", delivery.RecordsFile, count, root, d.Version, d.ID, d.Records, d.RecordsRoot)
	}
	last := v.bundle.Verdicts[len(v.bundle.Verdicts)-1]
	if digest := last.Digest(); digest != d.VerdictDigest {
		return "", fault.Invalid("audit: verdict on round %d has digest %s, version %d of dataset %s says %s", last.Round, digest, d.Version, d.ID, d.VerdictDigest)
	}
	return fmt.Sprintf("%d records with root %s are version %d of dataset %s", count, root, d.Version, d.ID), nil
}

// header holds the header against the signatures, every one of them, and these
// against the trusted validators.
func (v *verifier) header() (string, error) {
	h := v.bundle.Header
	if err := client.VerifyHeader(v.bundle.Chain(), h); err != nil {
		return "", fmt.Errorf("audit: %s: %w", HeaderFile, err)
	}
	commit := h.Signed.Commit
	if err := h.Validators.VerifyCommit(h.Signed.ChainID, commit.BlockID, h.Signed.Height, commit); err != nil {
		return "", fault.Invalid("audit: %s: signatures: %w", HeaderFile, err)
	}
	v.report.Trust = "the validators in the folder itself: compare them with the chain's"
	if v.Trust != nil {
		v.report.Trust = "the validators of " + v.Trust.From
		if err := v.Trust.Signed(h); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("block %d of chain %s is signed by more than 2/3 of the power of %d validators", h.Signed.Height, h.Signed.ChainID, h.Validators.Size()), nil
}

// proofs holds every record of the chain against the header.
func (v *verifier) proofs() (string, error) {
	for i, p := range v.bundle.Proofs {
		if err := client.VerifyPath(p, v.bundle.Header); err != nil {
			return "", fmt.Errorf("audit: %s line %d: %w", StateFile, i+1, err)
		}
	}
	return fmt.Sprintf("%d records lead to app hash %s of block %d", len(v.bundle.Proofs), v.bundle.Header.Signed.AppHash, v.bundle.Header.Signed.Height), nil
}

// verdicts judges every round again.
func (v *verifier) verdicts() (string, error) {
	v.paid = make(map[uint32][]settle.Entry)
	for _, agreed := range v.bundle.Verdicts {
		made, err := v.bundle.judge(agreed.Round)
		if err != nil {
			return "", err
		}
		if v.paid[agreed.Round], err = entries(made[agreed.PayoutsContent]); err != nil {
			return "", err
		}
	}
	return fmt.Sprintf("%d computed again from %d submissions, each with the digest that the validators agreed on", len(v.bundle.Verdicts), len(v.bundle.Submissions)), nil
}

func entries(text []byte) ([]settle.Entry, error) {
	lines, err := work.Lines(text)
	if err != nil {
		return nil, err
	}
	list := make([]settle.Entry, len(lines))
	for i, line := range lines {
		if err := work.DecodeLine(line, &list[i]); err != nil {
			return nil, fault.Invalid("audit: payout %d: %w", i+1, err)
		}
	}
	return list, nil
}

// payouts holds the computed pay against what was settled.
func (v *verifier) payouts() (string, error) {
	var paid, released num.Amount
	people := 0
	for _, s := range v.bundle.Settlements {
		total, err := v.settled(s)
		if err != nil {
			return "", err
		}
		if paid, err = paid.Add(total); err != nil {
			return "", err
		}
		released += s.Released
		people += len(v.paid[s.Round])
	}
	return fmt.Sprintf("%s in %d payouts as computed again, %d settlements; %s released", paid, people, len(v.bundle.Settlements), released), nil
}

func (v *verifier) settled(s settle.Settlement) (num.Amount, error) {
	list := v.paid[s.Round]
	var total num.Amount
	var err error
	for _, e := range list {
		if total, err = total.Add(e.Amount); err != nil {
			return 0, err
		}
	}
	if root := settle.Root(list); root != s.Root || total != s.Total || uint32(len(list)) != s.Payouts || s.Released > s.Total {
		return 0, fault.Invalid("audit: settlement of milestone %d: %d payouts of %s with root %s computed again, the chain says %d of %s with %s, %s released",
			s.Milestone, len(list), total, root, s.Payouts, s.Total, s.Root, s.Released)
	}
	return total, nil
}

// documents writes the package again: what is written for people and other
// programs follows from what was checked. Croissant and checksums, which cover
// all other files, come last.
func (v *verifier) documents() (string, error) {
	files, err := v.bundle.Package(v.votes)
	if err != nil {
		return "", err
	}
	covers := func(f delivery.File) int {
		return slices.Index([]string{delivery.CroissantFile, delivery.SumsFile}, f.Name)
	}
	slices.SortStableFunc(files, func(a, b delivery.File) int { return cmp.Compare(covers(a), covers(b)) })
	for _, f := range files {
		text, err := readFile(v.folder, f.Name)
		if err != nil {
			return "", err
		}
		if !bytes.Equal(text, f.Text) {
			return "", fault.Invalid("audit: %s: byte %d is not what this program writes about version %d of dataset %s",
				f.Name, difference(text, f.Text), v.bundle.Dataset.Version, v.bundle.Dataset.ID)
		}
	}
	return fmt.Sprintf("%d files are what follows from the above, byte by byte", len(files)), nil
}
