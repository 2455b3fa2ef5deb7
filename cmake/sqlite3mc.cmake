# The embedded engine: SQLite3 Multiple Ciphers, from the pinned npm package. The package comes
# through a third party, so the source is checked against a hash of our own before it is compiled.
set(sqlite3mc_dir ${CMAKE_SOURCE_DIR}/node_modules/better-sqlite3-multiple-ciphers/deps/sqlite3)
set(sqlite3mc_sha256 670d8d053176b53a68073b168f8e68fb72db67bdf964a0eb130338e9391198b9)

if(NOT EXISTS ${sqlite3mc_dir}/sqlite3.c)
  message(FATAL_ERROR "SQLite3 Multiple Ciphers is missing: run ./dev setup")
endif()
file(SHA256 ${sqlite3mc_dir}/sqlite3.c found_sha256)
if(NOT found_sha256 STREQUAL sqlite3mc_sha256)
  message(FATAL_ERROR "sqlite3.c is not the reviewed file: expected ${sqlite3mc_sha256}, found ${found_sha256}")
endif()

# The product is built from a patched copy, the stock one only for the test that each reads the other.
set(sqlite3mc_patched ${CMAKE_BINARY_DIR}/generated/sqlite3_patched.c)
add_custom_command(OUTPUT ${sqlite3mc_patched}
  COMMAND ${CMAKE_COMMAND} -DORIGINAL=${sqlite3mc_dir}/sqlite3.c -DPATCHED=${sqlite3mc_patched}
          -P ${CMAKE_SOURCE_DIR}/cmake/patch_sqlite3mc.cmake
  DEPENDS ${sqlite3mc_dir}/sqlite3.c ${CMAKE_SOURCE_DIR}/cmake/patch_sqlite3mc.cmake)

function(sqlite3mc_library name)
  add_library(${name} STATIC ${ARGN})
  target_include_directories(${name} SYSTEM PUBLIC ${sqlite3mc_dir})
  target_compile_options(${name} PRIVATE -O2 -w -fno-sanitize=all -maes -mpclmul -msse4.2)
  target_compile_definitions(${name} PRIVATE
    SQLITE_TEMP_STORE=3 SQLITE_THREADSAFE=2 SQLITE_DQS=0 SQLITE_DEFAULT_MEMSTATUS=0 SQLITE_OMIT_LOAD_EXTENSION
    SQLITE_SECURE_DELETE=1 SQLITE_LIKE_DOESNT_MATCH_BLOBS SQLITE_OMIT_DEPRECATED SQLITE_OMIT_SHARED_CACHE
    SQLITE_USE_URI=0 SQLITE_ENABLE_API_ARMOR
    HAVE_CIPHER_RC4=0 HAVE_CIPHER_AES_128_CBC=0 HAVE_CIPHER_AES_256_CBC=0 HAVE_CIPHER_ASCON128=0)
  target_link_libraries(${name} PUBLIC Threads::Threads ${CMAKE_DL_LIBS} m)
endfunction()

set(pages_dir ${CMAKE_SOURCE_DIR}/src/sql/sqlite/pages)
sqlite3mc_library(sealbook_sqlite3mc ${sqlite3mc_patched} ${pages_dir}/page_mac.c ${pages_dir}/page_seal.c)
target_include_directories(sealbook_sqlite3mc PRIVATE ${pages_dir})
target_link_libraries(sealbook_sqlite3mc PUBLIC OpenSSL::Crypto)
set_source_files_properties(${sqlite3mc_patched} PROPERTIES
  OBJECT_DEPENDS "${pages_dir}/patched_codec.h;${pages_dir}/page_seal.h")
# Intel's multi-buffer library (Debian: libipsec-mb-dev, amd64 only) is used where it is to be had.
find_library(IPSEC_MB IPSec_MB)
find_path(IPSEC_MB_INCLUDE intel-ipsec-mb.h)
if(IPSEC_MB AND IPSEC_MB_INCLUDE)
  target_compile_definitions(sealbook_sqlite3mc PRIVATE SEALBOOK_IPSEC_MB)
  target_link_libraries(sealbook_sqlite3mc PUBLIC ${IPSEC_MB})
else()
  message(STATUS "libipsec-mb is missing: pages are sealed one by one, which costs about half again as much CPU per booking")
endif()

sqlite3mc_library(sealbook_sqlite3mc_stock ${sqlite3mc_dir}/sqlite3.c)
set_target_properties(sealbook_sqlite3mc_stock PROPERTIES EXCLUDE_FROM_ALL TRUE)
foreach(build stock patched)
  add_executable(${build}_pages EXCLUDE_FROM_ALL ${pages_dir}/pages_probe.c)
endforeach()
target_link_libraries(stock_pages PRIVATE sealbook_sqlite3mc_stock)
target_link_libraries(patched_pages PRIVATE sealbook_sqlite3mc)
