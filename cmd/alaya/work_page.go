package main

import (
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"

	"github.com/spf13/cobra"

	"github.com/alaya-network/alaya/agent/worker"
	"github.com/alaya-network/alaya/core/answer"
	"github.com/alaya-network/alaya/core/fault"
	"github.com/alaya-network/alaya/core/id"
	"github.com/alaya-network/alaya/core/market"
	"github.com/alaya-network/alaya/core/work"
	workv1 "github.com/alaya-network/alaya/gen/alaya/work/v1"
	"github.com/alaya-network/alaya/wire"
)

// task is a leased page with its items.
type task struct {
	Lease workv1.Lease `json:"lease"`
	Items []work.Item  `json:"items"`
}

// tasks are the pages that a contributor has to answer, and how.
type tasks struct {
	Spec  market.Spec `json:"spec"`
	Pages []task      `json:"pages"`
}

func newWorkPage(s *session) *cobra.Command {
	var pages pagesFlag
	var template string
	cmd := &cobra.Command{
		Use:   "page REQUEST",
		Short: "Show question, labels and items of your leased pages",
		Long: `Show what is asked on your leased pages. With --template the items go to a table with
an empty column for the labels: fill it in and give it to ` + "`alaya work commit`" + `.`,
		Example: `  alaya work page 1f3a5c7e9b2d4f60 --from alice
  alaya work page 1f3a5c7e9b2d4f60 --pages 3 --template answers.tsv --from alice`,
		RunE: func(cmd *cobra.Command, args []string) error {
			name, err := id.ParseRequestID(args[0])
			if err != nil {
				return err
			}
			todo, err := s.tasks(cmd.Context(), name, pages)
			if err != nil {
				return err
			}
			if template != "" {
				return s.writeTemplate(template, todo)
			}
			return s.show(todo, func(p *page) { p.tasks(todo) })
		},
	}
	cmd.Flags().Var(&pages, "pages", "these pages only, such as 0,3")
	cmd.Flags().StringVar(&template, "template", "", "file to write a table of the items to; refused if it exists")
	return cmd
}

// tasks reads the leased pages of --from, those wanted only.
func (s *session) tasks(ctx context.Context, name id.RequestID, wanted []uint32) (tasks, error) {
	who, err := s.addressOr(nil, 0)
	if err != nil {
		return tasks{}, err
	}
	found, err := s.leases(ctx, who, name, list{})
	if err != nil {
		return tasks{}, err
	}
	if len(wanted) > 0 {
		found = slices.DeleteFunc(found, func(l workv1.Lease) bool { return !slices.Contains(wanted, l.Page) })
	}
	if len(found) == 0 {
		return tasks{}, advise(fault.NotFound("no such page of request %s is leased by %s", name, who), "lease some with `alaya work lease %s`", name)
	}
	campaign, err := s.campaign(ctx, name)
	if err != nil {
		return tasks{}, err
	}
	todo := tasks{Spec: campaign.Spec}
	for _, l := range found {
		items, err := s.itemsOf(ctx, campaign, l)
		if err != nil {
			return todo, err
		}
		todo.Pages = append(todo.Pages, task{l, items})
	}
	return todo, nil
}

// campaign reads a request with its spec and items.
func (s *session) campaign(ctx context.Context, name id.RequestID) (*worker.Campaign, error) {
	c, err := s.chain(ctx)
	if err != nil {
		return nil, err
	}
	blobs, err := s.blobs()
	if err != nil {
		return nil, err
	}
	return worker.Join(ctx, c, blobs, name)
}

// itemsOf returns the items of a leased page.
func (s *session) itemsOf(ctx context.Context, campaign *worker.Campaign, l workv1.Lease) ([]work.Item, error) {
	lease, err := wire.LeaseFromProto(&l)
	if err != nil {
		return nil, err
	}
	r, err := s.round(ctx, lease.Request, lease.Round)
	if err != nil {
		return nil, err
	}
	pages, err := campaign.Pages(ctx, r)
	if err != nil {
		return nil, err
	}
	asked := pages[lease.Page]
	items := make([]work.Item, 0, len(asked))
	for _, item := range campaign.Items {
		if slices.Contains(asked, item.ID) {
			items = append(items, item)
		}
	}
	return items, nil
}

// form shows what an answer's value may have.
func (p *page) form(f answer.Form) {
	p.table("control", "type", "about", "offers", "required")
	for _, c := range f.Controls {
		offers := slices.Concat(c.Options, c.Relations)
		for _, l := range c.Labels {
			offers = append(offers, l.ID)
		}
		p.row(c.Name, string(c.Type), c.Target, offers, c.Required)
	}
}

func (p *page) tasks(t tasks) {
	if !p.quiet {
		p.field("question", t.Spec.Question)
		if t.Spec.Form == nil {
			p.field("labels", t.Spec.Labels)
		} else {
			p.form(*t.Spec.Form)
		}
		if t.Spec.Guidelines != "" {
			p.line("%s", t.Spec.Guidelines)
		}
	}
	for _, todo := range t.Pages {
		p.line("")
		p.line("page %d of round %d, until %s", todo.Lease.Page, todo.Lease.Round, id.Time(todo.Lease.Expires))
		columns := columnsOf(todo.Items)
		p.table(append([]string{"item"}, columns...)...)
		for _, item := range todo.Items {
			p.row(append([]any{item.ID}, anys(dataOf(item, columns))...)...)
		}
	}
}

func anys(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}

// contentColumn shows the blob of an item that has one.
const contentColumn = "content"

// columnsOf returns the names of what the items show, in order of the alphabet.
func columnsOf(items []work.Item) []string {
	names := map[string]bool{}
	for _, item := range items {
		for name := range fieldsOf(item) {
			names[name] = true
		}
	}
	return slices.Sorted(maps.Keys(names))
}

// dataOf returns an item's values in the order of columns.
func dataOf(item work.Item, columns []string) []string {
	fields := fieldsOf(item)
	values := make([]string, len(columns))
	for i, name := range columns {
		values[i] = fields[name]
	}
	return values
}

// fieldsOf returns what an item shows; data that is no object goes under
// "data".
func fieldsOf(item work.Item) map[string]string {
	fields := map[string]string{}
	var data map[string]any
	if json.Unmarshal(item.Data, &data) == nil {
		for name, value := range data {
			fields[name] = fmt.Sprint(value)
		}
	} else if len(item.Data) > 0 {
		fields["data"] = string(item.Data)
	}
	if item.Content != "" {
		fields[contentColumn] = string(item.Content)
	}
	return fields
}

// writeTemplate writes the items as a table to fill in.
func (s *session) writeTemplate(file string, t tasks) error {
	var items []work.Item
	for _, todo := range t.Pages {
		items = append(items, todo.Items...)
	}
	f, err := os.OpenFile(file, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := template(f, items); err != nil {
		return fault.Internal("%s: %w", file, err)
	}
	if err := f.Close(); err != nil {
		return err
	}
	s.say("Wrote %d items to %s: fill in the column label, or skip with a reason.", len(items), file)
	return nil
}

func template(w io.Writer, items []work.Item) error {
	columns := columnsOf(items)
	table := csv.NewWriter(w)
	table.Comma = '\t'
	if err := table.Write(append([]string{columnItem, columnLabel, columnSkip}, columns...)); err != nil {
		return err
	}
	for _, item := range items {
		if err := table.Write(append([]string{item.ID, "", ""}, dataOf(item, columns)...)); err != nil {
			return err
		}
	}
	table.Flush()
	return table.Error()
}
