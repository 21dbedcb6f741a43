// How many threads libtorch computes with, and how they wait for each other; see torch.h.
#include "handles.h"

#include <ATen/Parallel.h>

#include <dlfcn.h>

#include <condition_variable>
#include <mutex>
#include <thread>

using cawb::guarded;

namespace {

// libgomp's entry for a parallel region, as GCC has called it since 4.9. Looked up at run time, because a libtorch may bring a libgomp of its own.
using Region = void (*)(void (*body)(void*), void* data, unsigned threads, unsigned flags);

// Threads that do nothing but be there. libgomp lets idle threads spin for milliseconds while it manages no more threads than there are processors, and for a
// hundred turns only while it manages more: its documented rule, and its one switch that works while a program runs.
class Crowd {
public:
    // Makes libgomp manage that many more threads, or none where that is 0. Called under one lock.
    void resize(int32_t members) {
        if (members == members_) return;
        if (members_ > 0) {
            {
                std::lock_guard<std::mutex> lock(mutex_);
                leaving_ = true;
            }
            changed_.notify_all();
            holder_.join();
            leaving_ = false;
        }
        members_ = 0;
        if (members == 0) return;
        const auto region = reinterpret_cast<Region>(dlsym(RTLD_DEFAULT, "GOMP_parallel"));
        if (!region) return;
        holder_ = std::thread([this, region, members] {
            // The team outlives its empty region, for as long as the thread that opened it.
            region([](void*) {}, nullptr, static_cast<unsigned>(members) + 1, 0);
            std::unique_lock<std::mutex> lock(mutex_);
            changed_.wait(lock, [this] { return leaving_; });
        });
        members_ = members;
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::thread holder_;
    bool leaving_ = false;
    int32_t members_ = 0;
};

}  // namespace

int32_t cawb_torch_get_threads(void) {
    return guarded([] { return at::get_num_threads(); }, -1);
}

int32_t cawb_torch_set_threads(int32_t count) {
    return guarded(
        [=] {
            at::set_num_threads(count);
            // OpenBLAS keeps a pool of its own, which libtorch does not know of.
            using Setter = void (*)(int);
            if (auto set = reinterpret_cast<Setter>(dlsym(RTLD_DEFAULT, "openblas_set_num_threads"))) set(count);
            return 0;
        },
        -1);
}

int32_t cawb_torch_set_crowd(int32_t members) {
    return guarded(
        [=] {
            static std::mutex mutex;
            // Never destroyed: a thread of it may be there when the process ends.
            static auto* crowd = new Crowd;
            std::lock_guard<std::mutex> lock(mutex);
            crowd->resize(members);
            return 0;
        },
        -1);
}
