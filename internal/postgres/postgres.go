// Package postgres starts a throw-away PostgreSQL server for tests and
// benchmarks, from the binaries that the machine has, on a Unix socket in a
// temporary folder. As root it runs it as the user postgres, since the server
// refuses root.
package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"
	"time"

	"github.com/alaya-network/alaya/core/fault"
)

// Server is a running server.
type Server struct {
	folder, bin string
	who         *syscall.Credential
	process     *exec.Cmd
}

// patience is how long the server may take to start.
const patience = 30 * time.Second

// Start starts a server with further settings, "name=value". Without binaries
// it is an error of kind not found.
func Start(ctx context.Context, settings ...string) (*Server, error) {
	bin, err := find()
	if err != nil {
		return nil, err
	}
	s := &Server{bin: bin}
	if s.folder, err = os.MkdirTemp("", "alaya-pg"); err != nil {
		return nil, err
	}
	if err := s.start(ctx, settings); err != nil {
		return nil, errors.Join(err, s.Stop())
	}
	return s, nil
}

// find returns the folder of the newest server's binaries.
func find() (string, error) {
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb") // the pattern is right
	if len(found) > 0 {
		slices.SortFunc(found, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("initdb")
	if err != nil {
		return "", fault.NotFound("postgres: no initdb in /usr/lib/postgresql/*/bin or PATH: install PostgreSQL")
	}
	return filepath.Dir(path), nil
}

func (s *Server) start(ctx context.Context, settings []string) error {
	if err := s.drop(); err != nil {
		return err
	}
	data := filepath.Join(s.folder, "data")
	if out, err := s.command(ctx, "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync").CombinedOutput(); err != nil {
		return fault.Internal("postgres: initdb: %w: %.500s", err, out)
	}
	args := []string{"-D", data, "-k", s.folder, "-c", "listen_addresses="}
	for _, setting := range settings {
		args = append(args, "-c", setting)
	}
	s.process = s.command(context.WithoutCancel(ctx), "postgres", args...)
	log, err := os.Create(filepath.Join(s.folder, "log"))
	if err != nil {
		return err
	}
	defer log.Close()
	s.process.Stdout, s.process.Stderr = log, log
	if err := s.process.Start(); err != nil {
		return fault.Internal("postgres: start: %w", err)
	}
	return s.wait(ctx)
}

// drop makes the folder the user's who will run the server.
func (s *Server) drop() error {
	if os.Getuid() != 0 {
		return nil
	}
	u, err := user.Lookup("postgres")
	if err != nil {
		return fault.NotFound("postgres: the server refuses root, and there is no user postgres: %w", err)
	}
	uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
	gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
	s.who = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	return errors.Join(err1, err2, os.Chown(s.folder, int(uid), int(gid)))
}

func (s *Server) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, filepath.Join(s.bin, name), args...)
	cmd.Dir = s.folder
	cmd.Env = []string{"PATH=" + s.bin + ":/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.who}
	return cmd
}

// wait returns when the server answers.
func (s *Server) wait(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	for {
		out, err := s.command(ctx, "pg_isready", "-h", s.folder).CombinedOutput()
		if err == nil {
			return nil
		}
		select {
		case <-time.After(50 * time.Millisecond):
		case <-ctx.Done():
			text, _ := os.ReadFile(filepath.Join(s.folder, "log")) // for the error alone
			return fault.Internal("postgres: not ready after %s: %w: %.200s: %.1000s", patience, err, out, text)
		}
	}
}

// Create makes a database and returns its address.
func (s *Server) Create(ctx context.Context, name string) (dsn string, err error) {
	if out, err := s.command(ctx, "createdb", "-h", s.folder, "-U", "postgres", name).CombinedOutput(); err != nil {
		return "", fault.Internal("postgres: create %s: %w: %.500s", name, err, out)
	}
	return fmt.Sprintf("postgres://postgres@/%s?host=%s", url.PathEscape(name), url.QueryEscape(s.folder)), nil
}

// Stop stops the server and removes all that it kept.
func (s *Server) Stop() error {
	if s.process != nil && s.process.Process != nil {
		_ = s.process.Process.Signal(syscall.SIGINT) // fast shutdown; it may be gone
		_ = s.process.Wait()                         // it was interrupted
	}
	return os.RemoveAll(s.folder)
}
