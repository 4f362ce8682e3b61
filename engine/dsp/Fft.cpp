// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/dsp/Fft.h"

#include <algorithm>
#include <cassert>
#include <mutex>
#include <new>

namespace engine::dsp {

namespace {

std::mutex &plannerLock()
{
    static std::mutex lock;
    return lock;
}

} // namespace

template <typename T>
AlignedBuffer<T>::AlignedBuffer(std::size_t count) : size_(count)
{
    if (count == 0)
        return;
    data_.reset(static_cast<T *>(fftwf_malloc(sizeof(T) * count)));
    if (!data_)
        throw std::bad_alloc();
    std::fill_n(data_.get(), count, T{});
}
template class AlignedBuffer<float>;
template class AlignedBuffer<double>;
template class AlignedBuffer<std::complex<float>>;
template class AlignedBuffer<std::complex<double>>;

ForwardFft::ForwardFft(int size)
{
    assert(size > 0 && size % 2 == 0);
    AlignedBuffer<double> time(static_cast<std::size_t>(size));
    AlignedBuffer<std::complex<double>> bins(static_cast<std::size_t>(size) / 2 + 1);
    const std::lock_guard lock(plannerLock());
    plan_.reset(fftw_plan_dft_r2c_1d(size, time.data(),
                                     reinterpret_cast<fftw_complex *>(bins.data()), FFTW_ESTIMATE));
    if (!plan_)
        throw std::bad_alloc();
}

void ForwardFft::Destroy::operator()(fftw_plan plan) const
{
    const std::lock_guard lock(plannerLock());
    fftw_destroy_plan(plan);
}

void ForwardFft::operator()(double *time, std::complex<double> *bins) const
{
    fftw_execute_dft_r2c(plan_.get(), time, reinterpret_cast<fftw_complex *>(bins));
}

InverseFft::InverseFft(int size)
{
    assert(size > 0 && size % 2 == 0);
    AlignedBuffer<float> time(static_cast<std::size_t>(size));
    AlignedBuffer<std::complex<float>> bins(static_cast<std::size_t>(size) / 2 + 1);
    const std::lock_guard lock(plannerLock());
    plan_.reset(fftwf_plan_dft_c2r_1d(size, reinterpret_cast<fftwf_complex *>(bins.data()),
                                      time.data(), FFTW_ESTIMATE | FFTW_DESTROY_INPUT));
    if (!plan_)
        throw std::bad_alloc();
}

void InverseFft::Destroy::operator()(fftwf_plan plan) const
{
    const std::lock_guard lock(plannerLock());
    fftwf_destroy_plan(plan);
}

void InverseFft::operator()(std::complex<float> *bins, float *time) const
{
    fftwf_execute_dft_c2r(plan_.get(), reinterpret_cast<fftwf_complex *>(bins), time);
}

} // namespace engine::dsp
