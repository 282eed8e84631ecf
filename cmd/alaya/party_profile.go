package main

import (
	"github.com/cosmos/gogoproto/proto"
	"github.com/spf13/cobra"

	"github.com/cosmos/cosmos-sdk/types/query"

	partyv1 "github.com/alaya-network/alaya/gen/alaya/party/v1"
	"github.com/alaya-network/alaya/wire"
)

func newProfileCommand(s *session) *cobra.Command {
	return newGroup(&cobra.Command{
		Use:     "profile",
		Short:   "How an address lets itself be found",
		Example: "  alaya party profile set --name Alice --from alice\n  alaya party profile list",
	}, newProfileSet(s), newProfileShow(s), newProfileList(s))
}

func newProfileSet(s *session) *cobra.Command {
	var profile partyv1.Profile
	cmd := &cobra.Command{
		Use:   "set",
		Short: "Write your profile anew; without any flag, remove it",
		Example: `  alaya party profile set --name Alice --roles contributor --languages en,de --from alice
  alaya party profile set --from alice`,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return s.do(cmd.Context(), func(me string) proto.Message {
				profile.Address = me
				return &partyv1.MsgSetProfile{Address: me, Profile: profile}
			}, "wrote the profile")
		},
	}
	f := cmd.Flags()
	f.StringVar(&profile.Name, "name", "", "display name; pseudonyms are welcome")
	f.StringSliceVar(&profile.Roles, "roles", nil, "requester, contributor, provider, adjudicator")
	f.StringSliceVar(&profile.Skills, "skills", nil, "skills, such as text/food")
	f.StringSliceVar(&profile.Languages, "languages", nil, "languages, such as en,de-AT")
	f.StringVar(&profile.Contact, "contact", "", "URI to reach you under")
	f.StringVar(&profile.Metadata, "metadata", "", "content id of more")
	return cmd
}

func newProfileShow(s *session) *cobra.Command {
	return &cobra.Command{
		Use:     "show [ADDRESS]",
		Short:   "Show the profile of an address or key, --from's by default",
		Example: "  alaya party profile show alice",
		RunE: func(cmd *cobra.Command, args []string) error {
			who, err := s.addressOr(args, 0)
			if err != nil {
				return err
			}
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			res, err := c.Party().Profile(cmd.Context(), &partyv1.QueryProfileRequest{Address: string(who)})
			if err != nil {
				return err
			}
			return s.show(&res.Profile, func(p *page) {
				p.field("address", res.Profile.Address)
				p.field("name", res.Profile.Name)
				p.field("roles", res.Profile.Roles)
				p.field("skills", res.Profile.Skills)
				p.field("languages", res.Profile.Languages)
				p.field("contact", res.Profile.Contact)
				p.field("metadata", res.Profile.Metadata)
			})
		},
	}
}

func newProfileList(s *session) *cobra.Command {
	var l list
	cmd := &cobra.Command{
		Use:     "list",
		Short:   "List profiles",
		Example: "  alaya party profile list --limit 0",
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := s.chain(cmd.Context())
			if err != nil {
				return err
			}
			found, profiles, err := collect(s, l, func(page *query.PageRequest) ([]partyv1.Profile, *query.PageResponse, error) {
				res, err := c.Party().Profiles(cmd.Context(), &partyv1.QueryProfilesRequest{Pagination: page})
				if err != nil {
					return nil, nil, err
				}
				return res.Profiles, res.Pagination, nil
			}, wire.ProfileFromProto)
			if err != nil {
				return err
			}
			return s.show(&partyv1.QueryProfilesResponse{Profiles: found}, func(p *page) {
				p.table("address", "name", "roles", "skills", "languages")
				for _, v := range profiles {
					p.row(v.Address, v.Name, v.Roles, v.Skills, v.Languages)
				}
			})
		},
	}
	l.bind(cmd)
	return cmd
}
