// The app that people work in (web/): one shell for all of its pages, and its files.
//
// The shell is the same text for everybody but for the nonce of its policy; who may see what is
// decided by the API that the app calls. Files bear a hash in their name and never change; those
// that were compressed at build time go out so to browsers that read brotli. Threads: any.
#pragma once

#include "net/http_message.hpp"

namespace sealbook::ui {

// /desk/ and below, /my/ and below, /sign-in, /e/{token}.
bool is_app_page(std::string_view path);
// The shell, with a policy that lets nothing in but this server's own files (DECISIONS 23).
net::HttpResponse app_shell();
// The file below /assets/app/ in the form that fits the request; null when there is none.
const net::HttpResponse* find_app_file(const net::HttpRequest& request);

}  // namespace sealbook::ui
